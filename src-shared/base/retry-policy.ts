/** How long to wait before trying again. Pure: the random number is an argument. */
export interface RetryPolicy {
  readonly firstMs: number;
  readonly factor: number;
  readonly capMs: number;
  /** Share of the delay that is random, 0 to 1: a thousand desks must not return in the same instant. */
  readonly jitter: number;
}

/** Line and live connection: 0.5 s, doubling, at most 10 s (quality figure: fault 1). */
export const reconnectPolicy: RetryPolicy = { firstMs: 500, factor: 2, capMs: 10_000, jitter: 0.3 };

/**
 * Delay before attempt number `attempt` (1 is the first retry), in milliseconds.
 * @param random a number in [0, 1)
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, random: number): number {
  const full = Math.min(policy.capMs, policy.firstMs * policy.factor ** Math.max(0, attempt - 1));
  return Math.round(full * (1 - policy.jitter * random));
}

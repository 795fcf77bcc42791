import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';

export const throttleWindowMs = 5 * 60_000;
/** Failures in the window after which this account cannot be tried from this address; the same person elsewhere is not touched. */
export const failuresPerAccountAndAddress = 10;
/** Failures in the window, whatever the account, after which the address must wait. Higher: a whole floor may share one address. */
export const failuresPerAddress = 50;
/** Addresses kept in mind; the oldest goes first. A bound, so that a flood cannot fill the memory. */
const keptKeys = 20_000;

/** Slows down who guesses passwords. In memory: a restart forgives. */
export class SignInThrottle {
  private readonly failures = new Map<string, number[]>();
  constructor(private readonly clock: Clock) {}

  /**
   * Counts one try as failed before it is known to be, so that many at the same time do not slip through. A success takes it back.
   * @returns what to call when the try succeeded
   * @throws AppError `sign-in/throttled` with `seconds`
   */
  begin(account: string, address: string): { succeeded(): void } {
    const accountKey = `${address} ${account}`;
    this.refuseAbove(accountKey, failuresPerAccountAndAddress);
    this.refuseAbove(address, failuresPerAddress);
    const at = this.clock.now();
    this.count(accountKey, at);
    this.count(address, at);
    return {
      succeeded: () => {
        this.failures.delete(accountKey);
        const others = this.failures.get(address) ?? [];
        const own = others.lastIndexOf(at);
        if (own >= 0) others.splice(own, 1);
      },
    };
  }

  private refuseAbove(key: string, limit: number): void {
    const since = this.clock.now() - throttleWindowMs;
    const recent = (this.failures.get(key) ?? []).filter(at => at > since);
    if (recent.length === 0) this.failures.delete(key);
    else this.failures.set(key, recent);
    const freeing = recent.at(-limit);
    if (freeing === undefined) return;
    const seconds = Math.max(1, Math.ceil((freeing - since) / 1000));
    throw new AppError('sign-in/throttled', 'too many failures', { seconds });
  }

  private count(key: string, at: number): void {
    const known = this.failures.get(key);
    if (known !== undefined) known.push(at);
    else this.failures.set(key, [at]);
    const oldest = this.failures.size > keptKeys ? this.failures.keys().next().value : undefined;
    if (oldest !== undefined) this.failures.delete(oldest);
  }
}

/** Time as services see it, so that a test can turn the hands. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. For stamps that people read. */
  now(): number;
  /** Monotonic milliseconds. For durations: it never jumps. */
  monotonic(): number;
  /** Runs once after `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
}

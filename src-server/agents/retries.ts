import type { Clock } from '../../src-shared/base/clock';

/** An engine that refused what nobody asked for in person is asked again after this time. */
const tryAgainMs = 2_000;

/** What is tried again after a while, until `stop`. */
export class Retries {
  private readonly waiting = new Set<() => void>();
  private isStopped = false;

  constructor(private readonly clock: Clock) {}

  later(run: () => void): void {
    if (this.isStopped) return;
    const cancel = this.clock.after(tryAgainMs, () => {
      this.waiting.delete(cancel);
      run();
    });
    this.waiting.add(cancel);
  }

  stop(): void {
    this.isStopped = true;
    for (const cancel of this.waiting) cancel();
    this.waiting.clear();
  }
}

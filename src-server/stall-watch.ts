import type { Clock } from '../src-shared/base/clock';
import type { ServerLog } from './server-log';

const lookEveryMs = 250;
/** Later than this, calls and states were told too late. */
const toldAfterMs = 500;

/** Tells the log when the server's only thread stood still: a slow disk, a heavy computation, a machine that sleeps. */
export class StallWatch {
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: { readonly clock: Clock; readonly log: ServerLog }) {}

  start(): void {
    const { clock, log } = this.parts;
    const before = clock.monotonic();
    this.cancel = clock.after(lookEveryMs, () => {
      const lateMs = Math.round(clock.monotonic() - before - lookEveryMs);
      if (lateMs > toldAfterMs) log.warn(`the server stood still for ${lateMs} ms`);
      this.start();
    });
  }

  stop(): void {
    this.cancel();
  }
}

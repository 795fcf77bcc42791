import type { Customer } from '../../behaviour/rig/behaviour-centre';

const lookEveryMs = 50;
/** A meter holds one second of sound. */
const secondMs = 1000;
/** Root mean square below which a second is silence; music and tones are far above. */
const audible = 30;

/** Listens with a customer all the time, and knows the longest stretch in which there was nothing to hear. */
export class CustomerEar {
  private readonly timer: NodeJS.Timeout;
  private longestMs = 0;
  private silentSince: number | null = null;
  private samples = -1;
  private fedAt = performance.now();
  private lookedAt = performance.now();

  constructor(private readonly customer: Customer) {
    this.timer = setInterval(() => this.look(), lookEveryMs);
  }

  get longestSilenceMs(): number {
    return Math.round(this.longestMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { heard, state } = this.customer;
    const now = performance.now();
    this.excuse(now - this.lookedAt - lookEveryMs);
    this.lookedAt = now;
    if (state === 'ended') return this.stop();
    if (heard.samples !== this.samples) [this.samples, this.fedAt] = [heard.samples, now];
    const isSilent = heard.rms() < audible || now - this.fedAt > secondMs;
    if (!isSilent) this.silentSince = null;
    else {
      this.silentSince ??= now;
      this.longestMs = Math.max(this.longestMs, now - this.silentSince + secondMs);
    }
  }

  /** While the machine let nobody in this process work, nobody in it could speak either. */
  private excuse(lateMs: number): void {
    if (lateMs < lookEveryMs) return;
    this.fedAt += lateMs;
    if (this.silentSince !== null) this.silentSince += lateMs;
  }
}

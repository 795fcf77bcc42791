import { frameMs } from './audio-frame';

/** After a stall longer than this the missed ticks are skipped: a burst would fill every jitter buffer at once. */
const longestCatchUpMs = 200;

/** How punctual the beats were, since the beginning. */
export interface Punctuality {
  readonly ticks: number;
  /** Beats whose next one was due already: phones get two frames at once. */
  readonly late: number;
  /** Left out because the process stalled. */
  readonly skipped: number;
  /** Ticks by how late they were: whole milliseconds, the last one for all that were later. */
  readonly byLateMs: readonly number[];
}

const latestMs = 100;

/** `skipped`: ticks that were left out just before this one. */
type TickListener = (skipped: number) => void;

/** Beats every 20 ms for all bridges. Runs only while somebody listens to it. */
export class MediaClock {
  private readonly listeners = new Set<TickListener>();
  private timer: NodeJS.Timeout | null = null;
  private nextAt = 0;
  private skipped = 0;
  private readonly byLateMs = Array.from({ length: latestMs + 1 }, () => 0);

  constructor(private readonly monotonic: () => number = () => performance.now()) {}

  /** Ticks that were left out because the process stalled. */
  get skippedTicks(): number {
    return this.skipped;
  }

  get punctuality(): Punctuality {
    const { byLateMs, skipped } = this;
    const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
    return { ticks: sum(byLateMs), late: sum(byLateMs.slice(frameMs)), skipped, byLateMs: [...byLateMs] };
  }

  add(listener: TickListener): void {
    this.listeners.add(listener);
    if (this.timer !== null) return;
    this.nextAt = this.monotonic();
    // Half the frame: a plain 20 ms interval drifts, and Windows rounds it up to 31 ms.
    this.timer = setInterval(() => this.catchUp(), frameMs / 2);
  }

  remove(listener: TickListener): void {
    this.listeners.delete(listener);
    if (this.listeners.size === 0) this.stop();
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** Runs the ticks that are due now. Called by the timer; tests call it with a clock of their own. */
  catchUp(): void {
    const now = this.monotonic();
    let skipped = 0;
    if (now - this.nextAt > longestCatchUpMs) {
      skipped = Math.floor((now - this.nextAt) / frameMs);
      this.skipped += skipped;
      this.nextAt += skipped * frameMs;
    }
    while (this.nextAt <= now) {
      const lateMs = Math.min(latestMs, Math.floor(now - this.nextAt));
      this.byLateMs[lateMs] = (this.byLateMs[lateMs] ?? 0) + 1;
      this.nextAt += frameMs;
      for (const listener of this.listeners) listener(skipped);
      skipped = 0;
    }
  }
}

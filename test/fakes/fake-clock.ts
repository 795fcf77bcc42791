import type { Clock } from '../../src-shared/base/clock';

interface Alarm {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  private readonly alarms = new Set<Alarm>();
  constructor(private time = Date.UTC(2026, 10, 20, 12, 0, 0)) {}

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const alarm = { at: this.time + ms, run };
    this.alarms.add(alarm);
    return () => this.alarms.delete(alarm);
  }

  /** Lets time pass; alarms ring in their order, each at its own time. */
  pass(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const [next] = [...this.alarms].filter(alarm => alarm.at <= until).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.alarms.delete(next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = until;
  }
}

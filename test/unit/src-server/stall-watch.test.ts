import { expect, it } from 'vitest';
import type { Clock } from '../../../src-shared/base/clock';
import { StallWatch } from '../../../src-server/stall-watch';
import { FakeClock } from '../../fakes/fake-clock';

/** An alarm rings when the thread is free again, not when it should. */
class ClockOfABusyThread implements Clock {
  lateMs = 0;
  private readonly clock = new FakeClock();
  now = (): number => this.clock.now();
  monotonic = (): number => this.clock.monotonic();
  after = (ms: number, run: () => void): (() => void) => this.clock.after(ms + this.lateMs, run);
  pass = (ms: number): void => this.clock.pass(ms);
}

it('tells the log how long the server stood still, once each time, and nothing of small delays', () => {
  const clock = new ClockOfABusyThread();
  const logged: string[] = [];
  const silent = (): void => undefined;
  const log = { debug: silent, info: silent, error: silent, warn: (line: string) => void logged.push(line) };
  const watch = new StallWatch({ clock, log });
  clock.lateMs = 400;
  watch.start();
  clock.pass(10_000);
  expect(logged).toEqual([]);
  clock.lateMs = 4000;
  clock.pass(650);
  clock.lateMs = 0;
  clock.pass(10_000);
  expect(logged).toEqual(['the server stood still for 4000 ms']);
  watch.stop();
  clock.lateMs = 4000;
  clock.pass(60_000);
  expect(logged).toHaveLength(1);
});

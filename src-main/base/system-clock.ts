import { performance } from 'node:perf_hooks';
import type { Clock } from '../../src-shared/base/clock';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

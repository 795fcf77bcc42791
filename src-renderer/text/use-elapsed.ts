import { useEffect, useState } from 'react';

/** Milliseconds since a moment, renewed when a whole second of that moment is full, so that two timers of one call never disagree. */
export function useElapsed(since: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (since === null) return undefined;
    let timer = 0;
    const second = (at: number): number => Math.floor((at - since) / 1000);
    const tick = (): void => {
      const at = Date.now();
      // What is shown would be the same: a list of hundreds of waits is drawn once, not twice.
      setNow(before => (second(before) === second(at) ? before : at));
      const intoSecond = (((at - since) % 1000) + 1000) % 1000;
      timer = window.setTimeout(tick, 1000 - intoSecond + 2);
    };
    tick();
    return () => window.clearTimeout(timer);
  }, [since]);
  return since === null ? 0 : Math.max(0, now - since);
}

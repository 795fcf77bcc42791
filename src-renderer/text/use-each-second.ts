import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer = 0;

/** One beat for all: hundreds of clocks are drawn in one frame a second, not in hundreds. */
function listen(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = window.setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, 1000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearInterval(timer);
  };
}

/** The time, renewed once a second. For lists; one call's own timer is `useElapsed`. */
export const useEachSecond = (): number => useSyncExternalStore(listen, () => now);

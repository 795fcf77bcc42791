import { useEffect } from 'react';
import { ask } from '../bridge/ask';

/** Often enough for a limit of minutes. */
const tellEveryMs = 5_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Tells main that somebody is at work in this window. */
export function useActivity(): void {
  useEffect(() => {
    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = (): void => {
      if (performance.now() - toldAt < tellEveryMs) return;
      toldAt = performance.now();
      // Main tells by its own notices when it cannot be reached; a sign of life that is lost is followed by the next.
      ask('session.active', {}).catch(() => (toldAt = Number.NEGATIVE_INFINITY));
    };
    signs.forEach(sign => window.addEventListener(sign, tell, { capture: true, passive: true }));
    return () => signs.forEach(sign => window.removeEventListener(sign, tell, { capture: true }));
  }, []);
}

import { useState } from 'react';
import type { Span } from './silences';

/** A part that is played again and again: one order marks its beginning, then its end, then ends it. */
export function useLoop(atMs: number) {
  const [loopFromMs, setLoopFromMs] = useState<number | null>(null);
  const [loop, setLoop] = useState<Span | null>(null);
  const markLoop = (): void => {
    if (loop !== null) setLoop(null);
    else if (loopFromMs === null) setLoopFromMs(atMs);
    else {
      setLoop(atMs > loopFromMs + shortestMs ? { fromMs: loopFromMs, toMs: atMs } : null);
      setLoopFromMs(null);
    }
  };
  return { loop, loopFromMs, markLoop };
}
const shortestMs = 200;

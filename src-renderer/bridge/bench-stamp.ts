import { afterPaint } from './after-paint';
import { askAndTell } from './ask-and-tell';

/** Tells main when what was just rendered has really been painted. */
export function stampPainted(what: string): void {
  afterPaint(() => void askAndTell('bench.painted', { what, at: performance.timeOrigin + performance.now() }));
}

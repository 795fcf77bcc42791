import type { Peaks } from '../../../src-shared/recordings/peaks';

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
/** Below this nobody speaks: some 30 dB under the loudest. */
const quiet = 4;
/** A pause in a sentence is shorter. */
const shortestMs = 2000;

/** Where nobody speaks for so long that it may be skipped. */
export function silencesIn({ channels, columns, columnMs, bytes }: Peaks): readonly Span[] {
  const spans: Span[] = [];
  let since: number | null = null;
  for (let column = 0; column <= columns; column += 1) {
    const isQuiet =
      column < columns &&
      bytes.subarray(column * channels * 2, (column + 1) * channels * 2).every(sample => Math.abs(sample) <= quiet);
    if (isQuiet) since ??= column;
    else if (since !== null) {
      if ((column - since) * columnMs >= shortestMs) spans.push({ fromMs: since * columnMs, toMs: column * columnMs });
      since = null;
    }
  }
  return spans;
}

/** Where playing goes on from a moment of silence: just before somebody speaks again; null where somebody speaks. */
export function afterSilence(spans: readonly Span[], atMs: number): number | null {
  const leadMs = 200;
  const span = spans.find(({ fromMs, toMs }) => atMs >= fromMs + leadMs && atMs < toMs - 2 * leadMs);
  return span === undefined ? null : span.toMs - leadMs;
}

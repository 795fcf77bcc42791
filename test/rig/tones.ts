/** Amplitude (0 to 1) of one frequency, by the Goertzel algorithm, in a piece of sound whose phase is whole. */
function levelOfPiece(samples: Int16Array, sampleRate: number, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let before = 0;
  let last = 0;
  for (const sample of samples) [before, last] = [last, sample / 32768 + coefficient * last - before];
  const power = last * last + before * before - coefficient * last * before;
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/**
 * Amplitude (0 to 1) of one frequency in a piece of sound: the mean of its tenths of a second. A steady tone over a network that lost
 * a packet goes on in another phase, and measured in one piece its parts would cancel each other out.
 */
export function toneLevel(samples: Int16Array, sampleRate: number, hz: number): number {
  const piece = sampleRate / 10;
  const pieces = Math.floor(samples.length / piece);
  if (pieces === 0) return levelOfPiece(samples, sampleRate, hz);
  let sum = 0;
  for (let from = 0; from < pieces * piece; from += piece)
    sum += levelOfPiece(samples.subarray(from, from + piece), sampleRate, hz);
  return sum / pieces;
}

/** The highest level of a frequency in any tenth of a second. */
export function loudestTone(samples: Int16Array, sampleRate: number, hz: number): number {
  const piece = sampleRate / 10;
  let highest = 0;
  for (let from = 0; from + piece <= samples.length; from += piece)
    highest = Math.max(highest, toneLevel(samples.subarray(from, from + piece), sampleRate, hz));
  return highest;
}

/** Root mean square, 0 to 1. */
export function loudness(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32768) ** 2;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** True when this tone carries most of the energy: not a hum beside something else, and not silence. */
export function hearsTone(samples: Int16Array, sampleRate: number, hz: number, atLeast = 0.01): boolean {
  const level = toneLevel(samples, sampleRate, hz);
  return level >= atLeast && level / Math.SQRT2 >= 0.6 * loudness(samples);
}

/** True when this tone is heard in nine of ten tenths of a second. */
export function hearsToneThroughout(samples: Int16Array, sampleRate: number, hz: number): boolean {
  const piece = sampleRate / 10;
  const pieces = Math.floor(samples.length / piece);
  const heard = Array.from({ length: pieces }, (_, index) => samples.subarray(index * piece, (index + 1) * piece));
  return pieces > 0 && heard.filter(each => hearsTone(each, sampleRate, hz)).length >= 0.9 * pieces;
}

/** A sine as 16-bit samples. */
export function sine(hz: number, sampleRate: number, seconds: number, amplitude = 0.3): Int16Array {
  const samples = new Int16Array(Math.round(sampleRate * seconds));
  for (let index = 0; index < samples.length; index += 1)
    samples[index] = Math.round(32767 * amplitude * Math.sin((2 * Math.PI * hz * index) / sampleRate));
  return samples;
}

/** A piece of a recording. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From the first to the last sound of this tone, and every time of at least `leastMs` in between that is without it. */
export function toneIn(
  samples: Int16Array,
  sampleRate: number,
  hz: number,
  leastMs = 500,
): { readonly heard: Span; readonly gaps: readonly Span[] } {
  const windowMs = 20;
  const size = (sampleRate / 1000) * windowMs;
  const isHeard = Array.from({ length: Math.floor(samples.length / size) }, (_none, n) =>
    hearsTone(samples.subarray(n * size, (n + 1) * size), sampleRate, hz),
  );
  const [first, last] = [isHeard.indexOf(true), isHeard.lastIndexOf(true)];
  if (first < 0) throw new Error(`no tone of ${hz} Hz`);
  const gaps: Span[] = [];
  let since = first;
  for (let n = first; n <= last; n += 1) {
    if (isHeard[n] !== true) continue;
    const gap = { fromMs: (since + 1) * windowMs, toMs: n * windowMs };
    if (gap.toMs - gap.fromMs >= leastMs) gaps.push(gap);
    since = n;
  }
  return { heard: { fromMs: first * windowMs, toMs: (last + 1) * windowMs }, gaps };
}

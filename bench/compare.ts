/** One benchmark's outcome, as `--json` prints it. */
export interface Outcome {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | 'frames/s';
  readonly ours: number;
  /** Of ours. */
  readonly p95: number;
  readonly peer: number;
  readonly ratio: number;
  readonly ratioLow: number;
  readonly ratioHigh: number;
  readonly goal: string;
  readonly pass: boolean;
  readonly runs: number;
}

/** Where nobody else does the same: ours against a bound. */
export interface LoneOutcome {
  readonly name: string;
  readonly unit: 'ms' | 'MB';
  readonly median: number;
  readonly p95: number;
  readonly goal: string;
  readonly pass: boolean;
  readonly runs: number;
}

export interface Goal {
  readonly text: string;
  /** Decides by the ratio ours ÷ peer (of medians), our own median and 95th percentile. */
  readonly isMet: (ratio: number, ours: { readonly median: number; readonly p95: number }) => boolean;
}

/** Value below which `share` of the sorted numbers lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function alone(
  name: string,
  values: readonly number[],
  most: number,
  unit: LoneOutcome['unit'] = 'ms',
): LoneOutcome {
  const p95 = quantile(values, 0.95);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const measured = { median: round(median(values)), p95: round(p95), runs: values.length };
  return { name, unit, ...measured, goal: `p95 ≤ ${most} ${unit}`, pass: p95 <= most };
}

/** Pairs measured in turns → medians and their ratio with a 95 % bootstrap interval. The first `warmUp` pairs do not count. */
export function compare(
  [name, unit]: readonly [string, Outcome['unit']],
  pairs: readonly { ours: number; peer: number }[],
  goal: Goal,
  warmUp = 3,
): Outcome {
  const counted = pairs.slice(Math.min(warmUp, Math.max(0, pairs.length - 3)));
  const ours = counted.map(pair => pair.ours);
  const peer = counted.map(pair => pair.peer);
  const ratio = median(ours) / median(peer);
  const drawn = Array.from({ length: 2000 }, () => median(drawFrom(ours)) / median(drawFrom(peer)));
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    name,
    unit,
    ours: round(median(ours)),
    p95: round(quantile(ours, 0.95)),
    peer: round(median(peer)),
    ratio: round(ratio),
    ratioLow: round(quantile(drawn, 0.025)),
    ratioHigh: round(quantile(drawn, 0.975)),
    goal: goal.text,
    pass: goal.isMet(ratio, { median: median(ours), p95: quantile(ours, 0.95) }),
    runs: counted.length,
  };
}

/** A sample with replacement, of the same size. */
function drawFrom(values: readonly number[]): number[] {
  return values.map(() => values[Math.floor(Math.random() * values.length)] ?? Number.NaN);
}

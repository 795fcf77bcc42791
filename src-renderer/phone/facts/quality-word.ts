export type QualityWord = 'clear' | 'good' | 'fair' | 'poor' | 'bad';

/** Categories of speech quality by MOS (ITU-T G.109 table 1, the E-model's R mapped to MOS by G.107 annex B). */
export function qualityWord(mos: number): QualityWord {
  if (mos >= 4.03) return 'clear';
  if (mos >= 3.6) return 'good';
  if (mos >= 3.1) return 'fair';
  return mos >= 2.58 ? 'poor' : 'bad';
}

/** How many of four bars are lit. */
export const qualityBars: Record<QualityWord, number> = { clear: 4, good: 3, fair: 2, poor: 1, bad: 1 };

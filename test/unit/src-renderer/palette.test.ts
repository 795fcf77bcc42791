import { describe, expect, it } from 'vitest';
import { fuzzyScore } from '../../../src-renderer/palette/fuzzy';

describe('the fuzzy search', () => {
  const best = (typed: string, texts: readonly string[]): string | undefined =>
    texts
      .map(text => ({ text, score: fuzzyScore(typed, text) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)[0]?.text;
  const texts = [
    'Hang up',
    'Hold',
    'Mute the microphone',
    'Dashboard',
    'Settings',
    'Language: Français',
    'Theme: Dark',
  ];

  it.each([
    ['hang', 'Hang up'],
    ['HU', 'Hang up'],
    ['mic', 'Mute the microphone'],
    ['francais', 'Language: Français'],
    ['dark', 'Theme: Dark'],
    ['td', 'Theme: Dark'],
    ['da', 'Dashboard'],
    ['sett', 'Settings'],
    ['zzz', undefined],
  ])('%s finds %s', (typed, text) => {
    expect(best(typed, texts)).toBe(text);
  });

  it('does not take letters strewn over a text for an answer', () => {
    expect(fuzzyScore('mrn', 'Mute the microphone')).toBe(0);
  });
});

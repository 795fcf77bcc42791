import { describe, expect, it } from 'vitest';
import { dayOf, formatClock, formatDay, formatDecimal } from '../../../src-renderer/text/format-time';
import { qualityWord } from '../../../src-renderer/phone/facts/quality-word';
import { productVersion } from '../../../src-renderer/text/product-version';
import { languageOf } from '../../../src-renderer/text/text';
import { fingerprintGroups } from '../../../src-renderer/sign-in/fingerprint-groups';

describe('clock', () => {
  it.each([
    [0, '00:00'],
    [-5000, '00:00'],
    [999, '00:00'],
    [61_000, '01:01'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [90_061_000, '25:01:01'],
  ])('%d ms is %s', (durationMs, expected) => {
    expect(formatClock(durationMs)).toBe(expected);
  });

  it('knows today and yesterday by the calendar, not by 24 hours', () => {
    const now = new Date(2026, 2, 9, 0, 30).getTime();
    const at = (day: number, hour: number): number => new Date(2026, 2, day, hour).getTime();
    expect([dayOf(at(9, 0), now), dayOf(at(8, 23), now), dayOf(at(8, 0), now), dayOf(at(7, 23), now)]).toEqual([
      'today',
      'yesterday',
      'yesterday',
      'earlier',
    ]);
  });

  it('writes a day with its year when that is another than now', () => {
    const now = new Date(2026, 0, 2).getTime();
    const [lastYear, thisYear] = [new Date(2025, 10, 29).getTime(), new Date(2026, 0, 1).getTime()];
    expect((['en', 'fr'] as const).map(language => formatDay(lastYear, language, now))).toEqual([
      '11/29/25',
      '29/11/25',
    ]);
    expect((['en', 'fr'] as const).map(language => formatDay(thisYear, language, now))).toEqual(['Jan 1', '1 janv.']);
  });

  it('writes figures as the language does', () => {
    expect([formatDecimal(4.28, 1, 'en'), formatDecimal(4.28, 1, 'fr')]).toEqual(['4.3', '4,3']);
  });
});

describe('words for figures', () => {
  it.each([
    [4.41, 'clear'],
    [4.03, 'clear'],
    [4.02, 'good'],
    [3.59, 'fair'],
    [3.09, 'poor'],
    [2.57, 'bad'],
    [1, 'bad'],
  ])('MOS %d is %s', (mos, word) => {
    expect(qualityWord(mos)).toBe(word);
  });

  it('reads the version from the user agent of the program only', () => {
    const electron =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) AgentSoftphone/0.1.0 Chrome/130.0.6723.44 Electron/33.2.1 Safari/537.36';
    const browser =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
    expect([productVersion(electron), productVersion(browser)]).toEqual(['0.1.0', null]);
  });

  it('chooses a language', () => {
    expect([languageOf('fr', 'en-CA'), languageOf(null, 'fr-CA'), languageOf(null, 'de')]).toEqual(['fr', 'fr', 'en']);
  });

  it('cuts a fingerprint into sixteen groups of two bytes', () => {
    const groups = fingerprintGroups(Array.from({ length: 32 }, (_, index) => (index < 16 ? 'AB' : '0F')).join(':'));
    expect([groups.length, groups[0], groups[15]]).toEqual([16, 'ABAB', '0F0F']);
  });
});

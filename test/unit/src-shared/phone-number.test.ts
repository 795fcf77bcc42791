import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { cleanCallerText, maxDialLength, parseDialString } from '../../../src-shared/customers/phone-number';

describe('what a person may dial', () => {
  const good: [string, string][] = [
    ['1001', '1001'],
    ['+33 1 45 55 01 01', '+33145550101'],
    ['(020) 7946-0958', '02079460958'],
    ['01.45.55/01–01', '0145550101'],
    ['*43', '*43'],
    ['#31#0145550101', '#31#0145550101'],
    ['\u202a+33145550101\u202c', '+33145550101'],
  ];
  for (const [typed, number] of good)
    test(JSON.stringify(typed), () => expect(parseDialString(typed)).toEqual({ ok: true, number }));

  const bad: [string, string][] = [
    ['', 'dial/empty'],
    ['  - ', 'dial/empty'],
    ['call me', 'dial/not-a-number'],
    ['1001@evil.example', 'dial/not-a-number'],
    ['1001;isub=1', 'dial/not-a-number'],
    ['12+34', 'dial/not-a-number'],
    ['١٠٠١', 'dial/not-a-number'],
    ['1001\r\nVia: evil', 'dial/not-a-number'],
    ['1'.repeat(maxDialLength + 1), 'dial/too-long'],
    ['1'.repeat(1_000_000), 'dial/too-long'],
  ];
  for (const [typed, problem] of bad)
    test(JSON.stringify(typed.slice(0, 40)), () => expect(parseDialString(typed)).toEqual({ ok: false, problem }));

  test('nothing but + * # and digits ever gets through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), typed => {
        const parsed = parseDialString(typed);
        if (parsed.ok) expect(parsed.number).toMatch(/^\+?[0-9*#]{1,32}$/);
      }),
    );
  });
});

describe('names from outside', () => {
  test('control, direction and zero-width characters are gone', () =>
    expect(cleanCallerText('Ali\u202ece\u0000\r\n\u200b <b>Mar\u2066tin</b>')).toBe('Alice <b>Martin</b>'));
  test('at most 128 characters, never half a character', () => {
    const cut = cleanCallerText('😀'.repeat(100));
    expect([cut.length <= 128, cut.isWellFormed()]).toEqual([true, true]);
  });
  test('always well-formed and clean', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const clean = cleanCallerText(text);
        expect([
          clean.isWellFormed(),
          clean.length <= 128,
          /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u.test(clean),
        ]).toEqual([true, true, false]);
      }),
    );
  });
});

/** Longest dial string we send; E.164 has 15 digits, prefixes and service codes need room. */
export const maxDialLength = 32;

export type DialStringProblem = 'dial/empty' | 'dial/not-a-number' | 'dial/too-long';
export type DialString =
  | { readonly ok: true; readonly number: string }
  | { readonly ok: false; readonly problem: DialStringProblem };

/** Everything people type or paste between digits: spaces, dashes, dots, slashes, brackets, and invisible marks. */
const separators = /[\s\-./()\u00a0\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Turns what a person typed into what may be dialled: `[+]` then digits, `*` and `#`. Letters are refused, not guessed. */
export function parseDialString(typed: string): DialString {
  const number = typed.slice(0, 512).replace(separators, '');
  if (/[\r\n]/.test(typed.trim())) return { ok: false, problem: 'dial/not-a-number' };
  if (number === '') return { ok: false, problem: 'dial/empty' };
  if (!/^\+?[0-9*#]+$/.test(number)) return { ok: false, problem: 'dial/not-a-number' };
  if (number.length > maxDialLength) return { ok: false, problem: 'dial/too-long' };
  return { ok: true, number };
}

/** Digits are masked: it can be shown and called back by the server, but not be dialled here. */
export const hasHiddenDigits = (number: string): boolean => number.includes('•');

/** A name, number or line of text from outside, made safe to show: no control, bidi or zero-width characters, and cut. */
export function cleanCallerText(text: string, limit = 128): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu, '')
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, limit)
    .replace(/[\ud800-\udbff]$/, ''); // no half character at the cut
}

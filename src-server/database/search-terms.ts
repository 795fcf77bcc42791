/** How names are compared: without accents, upper and lower case, and with one space between words. */
export const nameKey = (name: string | null): string =>
  (name ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();

/** How numbers are compared: their digits; what has none, by its letters. */
export function numberKey(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits === '' ? nameKey(number) : digits;
}

/** Lengths from which on it is worth having a word of its own for them: who is called longer is seldom. */
const longThresholds = [1024, 2048, 4096, 8192, 16_384] as const;
/** What is in so many rows that to look through the newest finds enough of it. */
const common = new Set(['completed', 'answered', 'inbound', 'manual']);

/** What the index of words knows of a row besides its text; all of it is seldom. */
export interface SearchFacts {
  readonly queueId?: string | null | undefined;
  readonly type?: string | undefined;
  readonly disposition?: string | undefined;
  readonly endCause?: string | null | undefined;
  readonly durationMs?: number | undefined;
}

/** A word is one word to the index: spaces, quotes and control characters in it would be its end. */
const asWord = (text: string): string => text.replace(/[\p{Cc} "']/gu, '\u00a0');

function partsOf(key: string, length: number): string[] {
  return Array.from({ length: Math.max(0, key.length - length + 1) }, (_, at) => key.slice(at, at + length));
}

/** One or two digits are in so many numbers that the newest rows have enough of them. */
const isDigits = (part: string): boolean => /^\d*$/.test(part);

/** Every word under which a row is found: parts of three characters, also of one and two when they are no digits, and the facts that are seldom. */
export function termsOf(
  row: { readonly nameKey: string; readonly numberKey: string },
  facts: SearchFacts = {},
): string[] {
  const short = [1, 2].flatMap(length => [row.nameKey, row.numberKey].flatMap(key => partsOf(key, length)));
  const words = [
    ...short.filter(part => !isDigits(part)),
    ...partsOf(row.nameKey, 3),
    ...partsOf(row.numberKey, 3),
  ].map(asWord);
  return [...new Set([...words, ...factTerms(facts)])];
}

const codeOf = (kind: string, value: string): string => `${kind}==${asWord(value)}`;

/** Most seldom first. */
function factTerms({ queueId, type, disposition, endCause, durationMs }: SearchFacts): string[] {
  const coded = (kind: string, value: string | null | undefined): string[] =>
    value === undefined || value === null || common.has(value) ? [] : [codeOf(kind, value)];
  const long = longThresholds
    .filter(seconds => (durationMs ?? 0) > seconds * 1000)
    .map(seconds => codeOf('long', String(seconds)));
  return [
    ...coded('cause', endCause),
    ...long.toReversed(),
    ...coded('type', type),
    ...coded('is', disposition),
    ...coded('queue', queueId),
  ];
}

/** The one fact by which few rows are looked at, for a search without text; null: all of them are common. */
export const seldomTerm = (facts: SearchFacts): string | null => factTerms(facts)[0] ?? null;

/** What the index of words is asked for: of each, the words of at least one choice. */
export type Match = readonly (readonly (readonly string[])[])[];

/** So many parts of a text narrow enough; the text itself is compared afterwards. */
const partsEnough = 3;

/** The words that every row with this text has; null: it is too short to narrow anything. */
export function wordsOf(key: string): string[] | null {
  if (key.length < 3) return isDigits(key) ? null : [asWord(key)];
  const all = [...new Set(partsOf(key, 3))];
  const step = Math.max(1, (all.length - 1) / (partsEnough - 1));
  const chosen = all.length <= partsEnough ? all : [0, 1, 2].map(place => all[Math.round(place * step)] ?? '');
  return [...new Set(chosen.map(asWord))];
}

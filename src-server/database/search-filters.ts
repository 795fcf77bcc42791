import { sql } from 'kysely';
import type { Dialect } from './dialect';
import type { Condition } from './search-source';
import { type Match, nameKey, numberKey, wordsOf } from './search-terms';

/** What is searched in a name and a number. */
export interface TextFilters {
  readonly text?: string | undefined;
  readonly name?: string | undefined;
  readonly number?: string | undefined;
}
/** How text narrows: `match` for the index of words (null: it cannot help), `conditions` for each row. `nothing`: no row can have it. */
export interface TextSearch {
  readonly match: Match | null;
  readonly conditions: readonly Condition[];
  readonly isNothing: boolean;
}

/** Callers' names and numbers are cut at this length. */
const longestKey = 128;
const shownDigits = 2;
const hiddenDigits = 4;

/** Of hidden numbers only what is shown can be searched, or the search would tell the rest digit by digit (`masked-number.ts`). */
const numberColumn = (isMasked: boolean, { greatest }: Dialect): Condition =>
  isMasked
    ? sql`CASE WHEN is_internal = 1 THEN number_key
        ELSE substr(number_key, 1, ${greatest(sql.lit(shownDigits), sql`length(number_key) - ${sql.lit(hiddenDigits)}`)}) END`
    : sql`number_key`;
/** A name that may be a number is hidden with it (`masked-number.ts`). */
const nameColumn = (isMasked: boolean, { hasFiveDigits }: Dialect): Condition =>
  isMasked
    ? sql`CASE WHEN is_internal = 0 AND ${hasFiveDigits(sql`name_key`)} THEN '' ELSE name_key END`
    : sql`name_key`;

/** Digits and what people write between them. */
const isNumber = (text: string): boolean => /^[\d\s+().\-/•]+$/u.test(text) && /\d/.test(text);

/** Text as it was typed is compared as plain text; nothing in it is an operator. */
export function textSearch(
  { text = '', name = '', number = '' }: TextFilters,
  isMasked: boolean,
  dialect: Dialect,
): TextSearch {
  const inNames = (key: string): Condition => dialect.contains(nameColumn(isMasked, dialect), key);
  const inNumbers = (key: string): Condition => dialect.contains(numberColumn(isMasked, dialect), key);
  const [inName, inNumber, any] = [nameKey(name), numberKey(number), nameKey(text)];
  const digits = isNumber(any) ? numberKey(any) : any;
  const asked = [
    { condition: inNames(inName), keys: [inName] },
    { condition: inNumbers(inNumber), keys: [inNumber] },
    {
      condition: sql`(${inNames(any)} OR ${inNumbers(digits)})`,
      keys: [...new Set([any, digits])],
    },
  ].filter(({ keys }) => keys.some(key => key !== ''));
  const match = asked.flatMap(({ keys }) => {
    const choices = keys.map(wordsOf).filter(words => words !== null);
    // One of two that the index cannot narrow leaves everything open.
    return choices.length === keys.length ? [choices] : [];
  });
  return {
    match: match.length === 0 ? null : match,
    conditions: asked.map(({ condition }) => condition),
    isNothing: asked.some(({ keys }) => keys.some(key => key.length > longestKey)),
  };
}

/** A page by a number of rows sorted by a column: refused above this many, for SQLite works on the server's only thread. */
export const mostSorted = 10_000;

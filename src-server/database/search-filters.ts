import { type RawBuilder, sql } from 'kysely';
import { matchOf, nameKey, numberKey } from './search-terms';

export type Condition = RawBuilder<unknown>;

/** What is searched in a name and a number. */
export interface TextFilters {
  readonly text?: string | undefined;
  readonly name?: string | undefined;
  readonly number?: string | undefined;
}
/** How text narrows: `match` for the index of words (null: it cannot help), `conditions` for each row. `nothing`: no row can have it. */
export interface TextSearch {
  readonly match: string | null;
  readonly conditions: readonly Condition[];
  readonly isNothing: boolean;
}

/** Callers' names and numbers are cut at this length. */
const longestKey = 128;
const shownDigits = 2;
const hiddenDigits = 4;

/** Of hidden numbers only what is shown can be searched, or the search would tell the rest digit by digit (`masked-number.ts`). */
const numberColumn = (isMasked: boolean): Condition =>
  isMasked
    ? sql`CASE WHEN is_internal THEN number_key
        ELSE substr(number_key, 1, max(${sql.lit(shownDigits)}, length(number_key) - ${sql.lit(hiddenDigits)})) END`
    : sql`number_key`;
/** A name that may be a number is hidden with it (`masked-number.ts`). */
const nameColumn = (isMasked: boolean): Condition =>
  isMasked
    ? sql`CASE WHEN NOT is_internal AND name_key GLOB '*[0-9]*[0-9]*[0-9]*[0-9]*[0-9]*' THEN '' ELSE name_key END`
    : sql`name_key`;

const has = (column: Condition, key: string): Condition => sql`instr(${column}, ${key}) > 0`;
/** Digits and what people write between them. */
const isNumber = (text: string): boolean => /^[\d\s+().\-/•]+$/u.test(text) && /\d/.test(text);

/** Text as it was typed is compared as plain text; nothing in it is an operator. */
export function textSearch({ text = '', name = '', number = '' }: TextFilters, isMasked: boolean): TextSearch {
  const [inName, inNumber, any] = [nameKey(name), numberKey(number), nameKey(text)];
  const digits = isNumber(any) ? numberKey(any) : any;
  const asked = [
    { condition: has(nameColumn(isMasked), inName), keys: [inName] },
    { condition: has(numberColumn(isMasked), inNumber), keys: [inNumber] },
    {
      condition: sql`(${has(nameColumn(isMasked), any)} OR ${has(numberColumn(isMasked), digits)})`,
      keys: [...new Set([any, digits])],
    },
  ].filter(({ keys }) => keys.some(key => key !== ''));
  const matches = asked.flatMap(({ keys }) => {
    const either = keys.map(matchOf).filter(match => match !== null);
    // One of two that the index cannot narrow leaves everything open.
    return either.length === keys.length ? [`(${either.join(' OR ')})`] : [];
  });
  return {
    match: matches.length === 0 ? null : matches.join(' AND '),
    conditions: asked.map(({ condition }) => condition),
    isNothing: asked.some(({ keys }) => keys.some(key => key.length > longestKey)),
  };
}

export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`1` : sql.join([...conditions], sql` AND `);

/** A page by a number of rows sorted by a column: refused above this many, for SQLite works on the server's only thread. */
export const mostSorted = 10_000;

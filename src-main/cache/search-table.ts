import type { CacheDb, ReadableDb, WritableDb } from './open-cache';

/** What call records and recordings have in common: a key that rises with the time, an owner, a text index. */
export type SearchedTable = 'call_records' | 'recordings';
export type SqlValue = string | number | null;

/** Which rows are wanted: conditions on `r`, and what the text index is asked. */
export interface Wanted {
  readonly table: SearchedTable;
  readonly conditions: readonly string[];
  readonly values: Readonly<Record<string, SqlValue>>;
  /** For `MATCH`; null: the index has no say. */
  readonly match: string | null;
  /** Lowest key that may fit, and the one above all that may. */
  readonly from: number;
  readonly to: number;
}

/** Keys of one millisecond. Of more calls than that, as an import may bring, the others get those of the next. */
const keysPerMs = 1024;
/** Lowest key of a moment. */
export const keyAt = (at: number): number => Math.floor(Math.max(0, at)) * keysPerMs;
/** Above every key. */
export const beyondAll = Number.MAX_SAFE_INTEGER;

/** Keys of what began at `from` or later and before `to`. */
export const keysBetween = (from: number | undefined, to: number | undefined) => ({
  from: from === undefined ? 0 : keyAt(from),
  to: to === undefined ? beyondAll : keyAt(to),
});

/** Upper and lower case and accents are the same. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
export const digitsIn = (text: string): string => text.replace(/\D/g, '');

/** The index knows every three signs that stand together. */
const indexed = 3;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * The rows in which threes of a text stand somewhere: not all of them, for what is found is compared again and each costs a walk through the
 * rows that have it. Of a long number its last six digits are enough, of several words the beginning of each.
 */
function threesOf(text: string): string {
  const starts = text.split(' ').flatMap(word => threesIn(word).slice(0, 1));
  const telling = /^\d{6,}$/.test(text) ? threesIn(text.slice(-6)) : starts.length > 1 ? starts : threesIn(text);
  return `(${telling.map(quoted).join(' AND ')})`;
}

/** Side by side; the last may lie over the one before. None in what is shorter. */
function threesIn(text: string): string[] {
  const signs = Array.from(text);
  const starts = new Set<number>();
  for (let place = 0; place + indexed <= signs.length; place += indexed) starts.add(place).add(signs.length - indexed);
  return Array.from(starts, place => signs.slice(place, place + indexed).join(''));
}

/** Narrows to rows in whose name or digits a text stands; every sign in it is meant as it is. What the index finds is compared again. */
export function textIn(
  table: SearchedTable,
  asked: readonly { readonly in: readonly ('name' | 'digits')[]; readonly text: string }[],
): Wanted {
  const matches: string[] = [];
  const conditions: string[] = [];
  const values: Record<string, SqlValue> = {};
  for (const [index, { in: columns, text: typed }] of asked.entries()) {
    const text = typed.replaceAll('\0', ''); // what is asked of the index would end there
    const sought = columns
      .map(column => ({ column, text: column === 'name' ? folded(text) : isNumber(text) ? digitsIn(text) : '' }))
      .filter(each => each.text.trim() !== '');
    if (sought.length === 0) {
      conditions.push(text.trim() === '' ? '1' : '0');
      continue;
    }
    conditions.push(`(${sought.map(each => `instr(r.${each.column}, @${each.column}${index})`).join(' OR ')})`);
    for (const each of sought) values[`${each.column}${index}`] = each.text;
    const texts = [...new Set(sought.map(each => each.text))];
    if (texts.every(each => Array.from(each).length >= indexed)) matches.push(`(${texts.map(threesOf).join(' OR ')})`);
  }
  const match = matches.length === 0 ? null : matches.join(' AND ');
  return { table, conditions, values, match, from: 0, to: beyondAll };
}
const isNumber = (text: string): boolean => /^[\d\s+().\-/•*]+$/.test(text) && /\d/.test(text);

/** So many newest first, below a key: those that fit as they are, the others negative. What is done is bounded by `looked`, whatever is found. */
export function keysLookedAt(db: ReadableDb, wanted: Wanted, before: number, looked: number): number[] {
  return db
    .prepare<[Record<string, SqlValue>], number>(keysSql(wanted))
    .pluck()
    .all({ ...boundValues(wanted), before: Math.min(before, wanted.to), looked });
}

/** For the test that looks at its plan. The index takes whole numbers only for a place to begin at, and numbers of this size are bound as fractions. */
export function keysSql({ table, conditions, match }: Wanted): string {
  const fits = `CASE WHEN ${conditions.join(' AND ')} THEN r.key ELSE -r.key END`;
  if (match === null)
    return `SELECT ${fits} FROM ${table} r NOT INDEXED WHERE r.key < @before AND r.key >= @from ORDER BY r.key DESC LIMIT @looked`;
  return `SELECT ${fits} FROM (SELECT rowid AS key FROM ${table}_text WHERE ${table}_text MATCH @match
      AND rowid < CAST(@before AS INTEGER) AND rowid >= CAST(@from AS INTEGER) ORDER BY rowid DESC LIMIT @looked) t CROSS JOIN ${table} r ON r.key = t.key`;
}
const boundValues = ({ values, match, from }: Wanted): Record<string, SqlValue> => ({
  ...values,
  from,
  ...(match === null ? {} : { match }),
});

export interface SortOrder {
  readonly column: string;
  readonly isDescending: boolean;
}
export type SortValue = string | number | null;
const columnIn = (column: string): string => (column.startsWith('row') ? column : `r.${column}`);

/** What a column has in these rows, in their order; capitals as small letters. */
export function sortValues(
  db: ReadableDb,
  table: SearchedTable,
  column: string,
  keys: readonly number[],
): readonly SortValue[] {
  const get = db.prepare<[number], SortValue>(`SELECT ${columnIn(column)} FROM ${table} r WHERE r.key = ?`).pluck();
  return keys.map(key => {
    const value = get.get(key) ?? null;
    return typeof value === 'string' ? value.toLowerCase() : value;
  });
}

/** Every key, by a column; null when there are more than `most`. Equal ones stand newest first. */
export function sortedKeys(
  db: ReadableDb,
  wanted: Wanted,
  { column, isDescending, most }: SortOrder & { readonly most: number },
): number[] | null {
  const { table, conditions, match } = wanted;
  const text = match === null ? '' : ` AND r.key IN (SELECT rowid FROM ${table}_text WHERE ${table}_text MATCH @match)`;
  const fitting = `FROM ${table} r NOT INDEXED WHERE r.key < @to AND r.key >= @from AND ${conditions.join(' AND ')}${text}`;
  const values = { ...boundValues(wanted), to: wanted.to };
  const count = db
    .prepare<[Record<string, SqlValue>], number>(`SELECT count(*) FROM (SELECT 1 ${fitting} LIMIT @most)`)
    .pluck()
    .get({ ...values, most: most + 1 });
  if ((count ?? 0) > most) return null;
  const sorted = columnIn(column);
  return db
    .prepare<[Record<string, SqlValue>], number>(
      `SELECT r.key ${fitting} ORDER BY ${sorted} IS NULL, ${sorted} COLLATE NOCASE ${isDescending ? 'DESC' : 'ASC'}, r.key DESC`,
    )
    .pluck()
    .all(values);
}

/**
 * Gives each row a key: its own when it has one, else the next that is free at its moment. A row whose moment changed is taken out first.
 */
export function keyGiver(
  db: WritableDb,
  table: SearchedTable,
  owner: string,
): (row: { readonly id: string; readonly startedAt: number }) => number {
  const known = db.prepare<[string, string], number>(`SELECT key FROM ${table} WHERE owner = ? AND id = ?`).pluck();
  const highest = db
    .prepare<[number, number], number | null>(`SELECT max(key) FROM ${table} WHERE key >= ? AND key < ?`)
    .pluck();
  const isTaken = db.prepare<[number], number>(`SELECT 1 FROM ${table} WHERE key = ?`).pluck();
  const remove = db.prepare<[number]>(`DELETE FROM ${table} WHERE key = ?`);
  return ({ id, startedAt }) => {
    const lowest = keyAt(startedAt);
    const own = known.get(owner, id);
    if (own !== undefined && own >= lowest && own < lowest + keysPerMs) return own;
    if (own !== undefined) remove.run(own);
    let key = (highest.get(lowest, lowest + keysPerMs) ?? lowest - 1) + 1;
    while (key >= lowest + keysPerMs && isTaken.get(key) !== undefined) key += 1;
    return key;
  };
}

export function removeRows(db: WritableDb, table: SearchedTable, owner: string, ids: readonly string[]): void {
  const remove = db.prepare<[string, string]>(`DELETE FROM ${table} WHERE owner = ? AND id = ?`);
  db.transaction(() => ids.forEach(id => remove.run(owner, id)))();
}

const removedAtOnce = 2000;

/** Some of one person's rows that nobody needs, so few that no call notices. @returns how many went */
export function removeBelow(db: WritableDb, table: SearchedTable, owner: string, before: number): number {
  return db
    .prepare<[string, number, number]>(
      `DELETE FROM ${table} WHERE key IN (SELECT key FROM ${table} NOT INDEXED WHERE owner = ? AND key < ? LIMIT ?)`,
    )
    .run(owner, before, removedAtOnce).changes;
}

/** What is gone from the rows goes out of their text index and out of the log beside the file as well. */
export function forgetRemoved(db: Pick<CacheDb, 'exec' | 'pragma'>): void {
  for (const table of ['call_records', 'recordings'] as const satisfies readonly SearchedTable[])
    db.exec(`INSERT INTO ${table}_text (${table}_text) VALUES ('rebuild')`);
  db.pragma('wal_checkpoint(TRUNCATE)');
}

const countedAtOnce = 4000;

/**
 * The key of the row after the newest `keep` of one person, null when there are not more; counted in steps, each of which is yielded as
 * undefined: of a million a count at once would be felt.
 */
export function* keyAfterNewest(
  db: ReadableDb,
  table: SearchedTable,
  owner: string,
  keep: number,
): Generator<undefined, number | null> {
  const below = db
    .prepare<[string, number, number], number>(
      `SELECT key FROM ${table} NOT INDEXED WHERE owner = ? AND key < ? ORDER BY key DESC LIMIT 1 OFFSET ?`,
    )
    .pluck();
  let last = beyondAll;
  for (let left = keep; left > 0;) {
    const step = Math.min(left, countedAtOnce);
    const key = below.get(owner, last, step - 1);
    if (key === undefined) return null;
    last = key;
    left -= step;
    yield undefined;
  }
  return below.get(owner, last, 0) ?? null;
}

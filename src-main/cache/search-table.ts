import type { ReadableDb, WritableDb } from './open-cache';

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
}

/** Keys of one millisecond; more calls than that begin in none. */
const keysPerMs = 1024;
/** Lowest key of a moment. */
export const keyAt = (at: number): number => Math.floor(Math.max(0, at)) * keysPerMs;
/** Above every key. */
export const beyondAll = Number.MAX_SAFE_INTEGER;

/** Upper and lower case and accents are the same. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
export const digitsIn = (text: string): string => text.replace(/\D/g, '');

/** Shortest text that the index knows. */
const indexed = 3;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Narrows to rows in whose name or digits a text stands; every sign in it is meant as it is. */
export function textIn(
  table: SearchedTable,
  asked: readonly { readonly in: readonly ('name' | 'digits')[]; readonly text: string }[],
): Wanted {
  const matches: string[] = [];
  const conditions: string[] = [];
  const values: Record<string, SqlValue> = {};
  for (const [index, { in: columns, text }] of asked.entries()) {
    const sought = columns
      .map(column => ({ column, text: column === 'name' ? folded(text) : isNumber(text) ? digitsIn(text) : '' }))
      .filter(each => each.text.trim() !== '');
    if (sought.length === 0) conditions.push(text.trim() === '' ? '1' : '0');
    else if (sought.every(each => Array.from(each.text).length >= indexed))
      matches.push(`(${sought.map(each => `${each.column} : ${quoted(each.text)}`).join(' OR ')})`);
    else {
      conditions.push(`(${sought.map(each => `instr(r.${each.column}, @${each.column}${index})`).join(' OR ')})`);
      for (const each of sought) values[`${each.column}${index}`] = each.text;
    }
  }
  return { table, conditions, values, match: matches.length === 0 ? null : matches.join(' AND ') };
}
const isNumber = (text: string): boolean => /^[\d\s+().\-/•*]+$/.test(text) && /\d/.test(text);

/** Newest first, below a key and not below another. */
export function keysBelow(
  db: ReadableDb,
  wanted: Wanted,
  { before, from, limit }: { readonly before: number; readonly from: number; readonly limit: number },
): number[] {
  return db
    .prepare<[Record<string, SqlValue>], number>(keysSql(wanted))
    .pluck()
    .all({ ...wanted.values, ...(wanted.match === null ? {} : { match: wanted.match }), before, from, limit });
}

/** For the test that looks at its plan. The index takes whole numbers only for a place to begin at, and numbers of this size are bound as fractions. */
export function keysSql({ table, conditions, match }: Wanted): string {
  const narrowed = conditions.map(condition => ` AND ${condition}`).join('');
  if (match === null)
    return `SELECT r.key FROM ${table} r NOT INDEXED WHERE r.key < @before AND r.key >= @from${narrowed} ORDER BY r.key DESC LIMIT @limit`;
  return `SELECT t.rowid FROM ${table}_text t CROSS JOIN ${table} r ON r.key = t.rowid
    WHERE ${table}_text MATCH @match AND t.rowid < CAST(@before AS INTEGER) AND t.rowid >= CAST(@from AS INTEGER)${narrowed} ORDER BY t.rowid DESC LIMIT @limit`;
}

/** Where `rows` rows below a key end: a search that no index helps looks at so many at a time. */
export function keyBelow(db: ReadableDb, table: SearchedTable, before: number, rows: number): number {
  return (
    db
      .prepare<[number, number], number>(`SELECT key FROM ${table} WHERE key < ? ORDER BY key DESC LIMIT 1 OFFSET ?`)
      .pluck()
      .get(before, rows - 1) ?? 0
  );
}

/** Every key, by a column; null when there are more than `most`. Equal ones stand newest first. */
export function sortedKeys(
  db: ReadableDb,
  wanted: Wanted,
  { column, isDescending, most }: { readonly column: string; readonly isDescending: boolean; readonly most: number },
): number[] | null {
  const { table, conditions, values, match } = wanted;
  const text = match === null ? '' : ` AND r.key IN (SELECT rowid FROM ${table}_text WHERE ${table}_text MATCH @match)`;
  const narrowed = conditions.map(condition => ` AND ${condition}`).join('');
  const keys = db
    .prepare<[Record<string, SqlValue>], number>(
      `SELECT key FROM (SELECT r.key, ${column.startsWith('row') ? column : `r.${column}`} AS sorted FROM ${table} r WHERE 1${text}${narrowed} LIMIT @most)
        ORDER BY sorted IS NULL, sorted COLLATE NOCASE ${isDescending ? 'DESC' : 'ASC'}, key DESC`,
    )
    .pluck()
    .all({ ...values, ...(match === null ? {} : { match }), most: most + 1 });
  return keys.length > most ? null : keys;
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
  const remove = db.prepare<[number]>(`DELETE FROM ${table} WHERE key = ?`);
  return ({ id, startedAt }) => {
    const lowest = keyAt(startedAt);
    const own = known.get(owner, id);
    if (own !== undefined && own >= lowest && own < lowest + keysPerMs) return own;
    if (own !== undefined) remove.run(own);
    return (highest.get(lowest, lowest + keysPerMs) ?? lowest - 1) + 1;
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

/** The key of the row after the newest `keep` of one person; null when there are not more. */
export function keyAfterNewest(db: ReadableDb, table: SearchedTable, owner: string, keep: number): number | null {
  return (
    db
      .prepare<[string, number], number>(
        `SELECT key FROM ${table} NOT INDEXED WHERE owner = ? ORDER BY key DESC LIMIT 1 OFFSET ?`,
      )
      .pluck()
      .get(owner, keep) ?? null
  );
}

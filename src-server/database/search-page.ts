import { sql } from 'kysely';
import { AppError } from '../../src-shared/errors/app-error';
import { allOf, type Condition, mostSorted } from './search-filters';
import type { WritableDb } from './tables';

/** A table whose `id` is the order of time, and the index of its words. Its rows are called `row`. */
export interface SearchedList {
  readonly table: Condition;
  readonly terms: Condition;
  readonly columns: Condition;
}
/** Where the rows come from that are looked at, newest or oldest first. */
export type Source =
  | { readonly kind: 'all' }
  | { readonly kind: 'words'; readonly match: string }
  /** An index that begins with what `condition` fixes, and goes on with `id`. */
  | { readonly kind: 'index'; readonly index: Condition; readonly condition: Condition }
  /** Another table with `id` of this list, of which `condition` fixes what stands before. */
  | { readonly kind: 'other'; readonly table: Condition; readonly condition: Condition };

export interface PageSearch {
  readonly source: Source;
  readonly conditions: readonly Condition[];
  readonly fromId: number | null;
  readonly toId: number | null;
  /** Null: by time. */
  readonly sortKey: Condition | null;
  readonly isAscending: boolean;
  readonly limit: number;
  readonly cursor: string | undefined;
}
export interface FoundPage<T> {
  readonly rows: T[];
  readonly nextCursor: string | null;
}
interface Place {
  readonly id: number;
  readonly key: string | number | null;
}

/** A page behind a place in the list; by time nothing is sorted and nothing before the place is read. @throws AppError `search/too-many` */
export async function pageOf<T extends { readonly id: number }>(
  db: WritableDb,
  list: SearchedList,
  search: PageSearch,
): Promise<FoundPage<T>> {
  const { sortKey, isAscending, limit, cursor } = search;
  const place = cursor === undefined ? null : placeOf(cursor, sortKey !== null);
  if (sortKey === null) {
    const { rows } = await foundRows(list, search, { place, limit: limit + 1 }).execute(db);
    return cut(rows as T[], limit, row => ({ id: row.id, key: null }));
  }
  const found = foundRows(list, search, { place: null, limit: mostSorted + 1, sortKey });
  const behind =
    place === null
      ? sql`1`
      : isAscending
        ? sql`(sort_key > ${place.key} OR (sort_key = ${place.key} AND id < ${place.id}))`
        : sql`(sort_key < ${place.key} OR (sort_key = ${place.key} AND id < ${place.id}))`;
  const direction = isAscending ? sql`ASC` : sql`DESC`;
  const { rows } = await sql<T & { sort_key: string | number; found_count: number }>`
    WITH found AS MATERIALIZED (${found})
    SELECT *, (SELECT count(*) FROM found) AS found_count FROM found
    WHERE ${behind} ORDER BY sort_key ${direction}, id DESC LIMIT ${limit + 1}`.execute(db);
  if ((rows[0]?.found_count ?? 0) > mostSorted)
    throw new AppError('search/too-many', 'too many rows to sort', { limit: mostSorted });
  return cut(rows, limit, row => ({ id: row.id, key: row.sort_key }));
}

/** The statement that finds rows by time. Tables are joined in the order written: the source leads. */
export function foundRows(
  { table, terms, columns }: SearchedList,
  { source, conditions, fromId, toId, isAscending }: Omit<PageSearch, 'sortKey' | 'limit' | 'cursor'>,
  { place, limit, sortKey }: { place: Place | null; limit: number; sortKey?: Condition },
) {
  const id = source.kind === 'words' ? sql`${terms}.rowid` : source.kind === 'other' ? sql`source.id` : sql`row.id`;
  const from = {
    all: () => sql`${table} AS row NOT INDEXED`,
    words: () => sql`${terms} CROSS JOIN ${table} AS row ON row.id = ${terms}.rowid`,
    index: (each: Extract<Source, { kind: 'index' }>) => sql`${table} AS row INDEXED BY ${each.index}`,
    other: (each: Extract<Source, { kind: 'other' }>) =>
      sql`${each.table} AS source CROSS JOIN ${table} AS row ON row.id = source.id`,
  };
  const bounds = [
    ...(source.kind === 'words' ? [sql`${terms} MATCH ${source.match}`] : []),
    ...(source.kind === 'index' || source.kind === 'other' ? [source.condition] : []),
    ...(fromId === null ? [] : [sql`${id} >= ${fromId}`]),
    ...(toId === null ? [] : [sql`${id} < ${toId}`]),
    ...(place === null ? [] : [isAscending ? sql`${id} > ${place.id}` : sql`${id} < ${place.id}`]),
  ];
  const tables =
    source.kind === 'index' ? from.index(source) : source.kind === 'other' ? from.other(source) : from[source.kind]();
  const key = sortKey === undefined ? sql`` : sql`, ${sortKey} AS sort_key`;
  return sql`SELECT ${columns}${key} FROM ${tables} WHERE ${allOf([...bounds, ...conditions])}
    ORDER BY ${id} ${isAscending ? sql`ASC` : sql`DESC`} LIMIT ${limit}`;
}

function cut<T>(rows: T[], limit: number, placeAt: (row: T) => Place): FoundPage<T> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  if (last === undefined) return { rows: shown, nextCursor: null };
  const { id, key } = placeAt(last);
  return { rows: shown, nextCursor: Buffer.from(JSON.stringify([id, key])).toString('base64url') };
}

function placeOf(cursor: string, isSorted: boolean): Place {
  try {
    const [id, key] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    const isKey = isSorted ? typeof key === 'string' || typeof key === 'number' : key === null;
    if (Number.isSafeInteger(id) && isKey) return { id: id as number, key: key as string | number | null };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
  }
  throw new AppError('ipc/bad-input', 'no cursor of ours');
}

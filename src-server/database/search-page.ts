import { sql } from 'kysely';
import { AppError } from '../../src-shared/errors/app-error';
import { dialectOf } from './dialect';
import { mostSorted } from './search-filters';
import type { Condition, Place, RowSearch, SearchedList } from './search-source';
import type { WritableDb } from './tables';

export interface PageSearch extends Omit<RowSearch, 'list' | 'place' | 'limit' | 'sortKey'> {
  /** Null: by time. */
  readonly sortKey: Condition | null;
  readonly limit: number;
  readonly cursor: string | undefined;
}
export interface FoundPage<T> {
  readonly rows: T[];
  readonly nextCursor: string | null;
}

/** A page behind a place in the list; by time nothing is sorted and nothing before the place is read. @throws AppError `search/too-many` */
export async function pageOf<T extends { readonly id: number }>(
  db: WritableDb,
  list: SearchedList,
  search: PageSearch,
): Promise<FoundPage<T>> {
  const { sortKey, limit, cursor, ...rowSearch } = search;
  const { isAscending } = search;
  const place = cursor === undefined ? null : placeOf(cursor, sortKey !== null);
  const dialect = dialectOf(db);
  if (sortKey === null) {
    const rows = await dialect.rows(db, { ...rowSearch, list, place, limit: limit + 1 });
    return cut(rows as T[], limit, row => ({ id: row.id, key: null }));
  }
  const found = dialect.found({ ...rowSearch, list, place: null, limit: mostSorted + 1, sortKey });
  const behind =
    place === null
      ? sql`true`
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

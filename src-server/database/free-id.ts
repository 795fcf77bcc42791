import type { WritableDb } from './tables';

/** So many rows may begin in one ms before they spill into the next. */
export const idsPerMs = 8;
/** Ids in the order of time: the first that is free from this moment on, and not `given` already. To be called in a transaction. */
export async function freeId(
  db: WritableDb,
  table: 'call_records' | 'recording_index',
  startedAt: number,
  given: ReadonlySet<number> = new Set(),
): Promise<number> {
  // Windows that grow: thousands in one moment happen in a database that is filled at once.
  for (let from = startedAt * idsPerMs, size = idsPerMs; ; from += size, size *= 2) {
    const { count, newest } = await db
      .selectFrom(table)
      .select(eb => [eb.fn.countAll<number>().as('count'), eb.fn.max<number | null>('id').as('newest')])
      .where('id', '>=', from)
      .where('id', '<', from + size)
      .executeTakeFirstOrThrow();
    if (count === size) continue;
    let id = newest === null || newest === from + size - 1 ? from : newest + 1;
    while (given.has(id) || (newest === from + size - 1 && (await isTaken(db, table, id)))) id += 1;
    if (id < from + size) return id;
  }
}

async function isTaken(db: WritableDb, table: 'call_records' | 'recording_index', id: number): Promise<boolean> {
  return (await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

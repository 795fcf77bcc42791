import type { WritableDb } from './tables';

/** So many rows may begin in one ms before they spill into the next. */
export const idsPerMs = 8;
const crowdMs = 500;

/** Ids in the order of time: the first that is free from this moment on, and not `given` already. To be called in a transaction. */
export async function freeId(
  db: WritableDb,
  table: 'call_records' | 'recording_index',
  startedAt: number,
  given: ReadonlySet<number> = new Set(),
): Promise<number> {
  const wanted = startedAt * idsPerMs;
  const newestIn = async (size: number): Promise<{ count: number; newest: number | null }> =>
    db
      .selectFrom(table)
      .select(eb => [eb.fn.countAll<number>().as('count'), eb.fn.max<number | null>('id').as('newest')])
      .where('id', '>=', wanted)
      .where('id', '<', wanted + size)
      .executeTakeFirstOrThrow();
  const { count, newest } = await newestIn(idsPerMs);
  let id = wanted;
  if (count === idsPerMs) {
    // Hundreds in one moment: in a database that is filled at once. Behind those of the next half second there is room.
    const { newest: last } = await db
      .selectFrom(table)
      .select(eb => eb.fn.max<number | null>('id').as('newest'))
      .where('id', '>=', wanted)
      .where('id', '<', wanted + crowdMs * idsPerMs)
      .executeTakeFirstOrThrow();
    id = (last ?? wanted) + 1;
  } else if (newest !== null && newest < wanted + idsPerMs - 1) id = newest + 1;
  while (given.has(id) || (await isTaken(db, table, id))) id += 1;
  return id;
}

/** The same for many rows that began at these moments, asked for at once. */
export async function freeIds(
  db: WritableDb,
  table: 'call_records' | 'recording_index',
  startedAts: readonly number[],
): Promise<number[]> {
  const choicesOf = (startedAt: number): number[] =>
    Array.from({ length: idsPerMs }, (_, place) => startedAt * idsPerMs + place);
  const wanted = [...new Set(startedAts)].flatMap(choicesOf);
  const rows = await db.selectFrom(table).select('id').where('id', 'in', wanted).execute();
  const taken = new Set(rows.map(row => row.id));
  const ids: number[] = [];
  for (const startedAt of startedAts) {
    const id = choicesOf(startedAt).find(each => !taken.has(each)) ?? (await freeId(db, table, startedAt, taken));
    taken.add(id);
    ids.push(id);
  }
  return ids;
}

async function isTaken(db: WritableDb, table: 'call_records' | 'recording_index', id: number): Promise<boolean> {
  return (await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

import { sql } from 'kysely';
import type { Tables, WritableDb } from './tables';

type Counted = Tables['change_numbers']['name'];

/** The next number of a change, of several the last one: whoever has seen a number has seen every change up to it. To be called in the transaction of the change. */
export async function nextChangeNumber(db: WritableDb, name: Counted, count = 1): Promise<number> {
  const { last } = await db
    .updateTable('change_numbers')
    .set({ last: sql<number>`last + ${count}` })
    .where('name', '=', name)
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}

export async function lastChangeNumber(db: Pick<WritableDb, 'selectFrom'>, name: Counted): Promise<number> {
  const row = await db.selectFrom('change_numbers').select('last').where('name', '=', name).executeTakeFirstOrThrow();
  return row.last;
}

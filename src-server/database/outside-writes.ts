import { sql } from 'kysely';
import { dialectOf } from './dialect';
import type { WritableDb } from './tables';

/** Rises when another process, an administrator's command, has written what is kept in memory; what this process writes does not count. */
export async function outsideWrites(db: WritableDb): Promise<number> {
  const { rows } = await sql<{ version: number }>`${dialectOf(db).outsideWrites}`.execute(db);
  return rows[0]?.version ?? 0;
}

import { nextChangeNumber } from './change-number';
import { dialectOf } from './dialect';
import { freeId } from './free-id';
import { nameKey, numberKey, termsOf } from './search-terms';
import type { RecordingIndexRow, WritableDb } from './tables';

/** A recording as it is listed, without what the table makes of it. */
export interface NewRecordingEntry extends Omit<
  RecordingIndexRow,
  'id' | 'qa_score' | 'is_deleted' | 'name_key' | 'number_key' | 'version'
> {
  /** Who may hear it, in the order in which they talked. */
  readonly listeners: readonly string[];
}

/** Lists a finished recording, or lists it anew because somebody else talked in its call meanwhile. To be called in a transaction. */
export async function putRecordingEntry(db: WritableDb, entry: NewRecordingEntry): Promise<void> {
  const { listeners, ...row } = entry;
  const known = await db
    .selectFrom('recording_index')
    .selectAll()
    .where('recording_id', '=', row.recording_id)
    .executeTakeFirst();
  const before = known === undefined ? [] : await listenersOf(db, known.id);
  const isSame =
    known !== undefined &&
    (Object.keys(row) as (keyof typeof row)[]).every(column => known[column] === row[column]) &&
    before.join() === listeners.join();
  if (isSame) return;
  const version = await nextChangeNumber(db, 'recordings');
  const keys = { nameKey: nameKey(row.remote_name), numberKey: numberKey(row.remote_number) };
  const id = known?.id ?? (await freeId(db, 'recording_index', row.started_at));
  const columns = { ...row, name_key: keys.nameKey, number_key: keys.numberKey, version };
  if (known === undefined) {
    await db
      .insertInto('recording_index')
      .values({ ...columns, id, qa_score: null, is_deleted: 0 })
      .execute();
    await db
      .insertInto('recording_terms')
      .values({ rowid: id, terms: dialectOf(db).storedTerms(termsOf(keys), id) })
      .execute();
  } else await db.updateTable('recording_index').set(columns).where('id', '=', id).execute();
  await db.deleteFrom('recording_listeners').where('id', '=', id).execute();
  const rows = listeners.map((person_id, place) => ({ person_id, id, place }));
  if (rows.length > 0) await db.insertInto('recording_listeners').values(rows).execute();
}

export async function listenersOf(db: Pick<WritableDb, 'selectFrom'>, id: number): Promise<string[]> {
  const rows = await db
    .selectFrom('recording_listeners')
    .select('person_id')
    .where('id', '=', id)
    .orderBy('place')
    .execute();
  return rows.map(row => row.person_id);
}

/** Something of a recording is otherwise: whoever keeps it is told it again. To be called in the transaction of the change. */
export async function markRecordingChanged(
  db: WritableDb,
  recordingId: string,
  change: Partial<Pick<RecordingIndexRow, 'qa_score' | 'is_deleted'>> = {},
): Promise<void> {
  const version = await nextChangeNumber(db, 'recordings');
  await db
    .updateTable('recording_index')
    .set({ ...change, version })
    .where('recording_id', '=', recordingId)
    .execute();
}

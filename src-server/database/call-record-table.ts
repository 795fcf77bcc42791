import type { CallRecordRow, TermRow, WritableDb } from './tables';
import { nextChangeNumber } from './change-number';
import { type Dialect, dialectOf } from './dialect';
import { freeId, freeIds } from './free-id';
import { nameKey, numberKey, termsOf } from './search-terms';

/** A row without what the table makes of it. */
export type NewCallRecord = Omit<CallRecordRow, 'id' | 'name_key' | 'number_key' | 'version'>;

/** Makes these the records of a call. To be called in a transaction; what is as it was keeps its version. */
export async function replaceCallRecords(
  db: WritableDb,
  callId: string,
  rows: readonly NewCallRecord[],
): Promise<void> {
  const before = await db.selectFrom('call_records').selectAll().where('call_id', '=', callId).execute();
  for (const row of rows) {
    const known = before.find(each => each.person_id === row.person_id);
    if (known !== undefined && isSame(known, row)) continue;
    if (known !== undefined) await remove(db, known.id);
    await insert(db, row);
  }
  // A call that came back has a part that goes on: its record waits for the end.
  for (const known of before) if (!rows.some(row => row.person_id === known.person_id)) await remove(db, known.id);
}

const isSame = (known: CallRecordRow, row: NewCallRecord): boolean =>
  (Object.keys(row) as (keyof NewCallRecord)[]).every(column => known[column] === row[column]);

async function remove(db: WritableDb, id: number): Promise<void> {
  await db.deleteFrom('call_records').where('id', '=', id).execute();
  await db.deleteFrom('call_record_terms').where('rowid', '=', id).execute();
}

async function insert(db: WritableDb, row: NewCallRecord): Promise<void> {
  const id = await freeId(db, 'call_records', row.started_at);
  const { record, terms } = rowsOf(dialectOf(db), row, id, await nextChangeNumber(db, 'call-records'));
  await db.insertInto('call_records').values(record).execute();
  await db.insertInto('call_record_terms').values(terms).execute();
}

function rowsOf(
  { storedTerms }: Dialect,
  row: NewCallRecord,
  id: number,
  version: number,
): { record: CallRecordRow; terms: TermRow } {
  const keys = { nameKey: nameKey(row.remote_name), numberKey: numberKey(row.remote_number) };
  const { queue_id: queueId, type, disposition, end_cause: endCause, duration_ms: durationMs } = row;
  return {
    record: { ...row, id, name_key: keys.nameKey, number_key: keys.numberKey, version },
    terms: { rowid: id, terms: storedTerms(termsOf(keys, { queueId, type, disposition, endCause, durationMs }), id) },
  };
}

/** The records of many calls that have none yet. To be called in a transaction. */
export async function insertManyCallRecords(db: WritableDb, rows: readonly NewCallRecord[]): Promise<void> {
  if (rows.length === 0) return;
  const last = await nextChangeNumber(db, 'call-records', rows.length);
  const ids = await freeIds(
    db,
    'call_records',
    rows.map(row => row.started_at),
  );
  const dialect = dialectOf(db);
  const made = rows.map((row, index) => rowsOf(dialect, row, ids[index] ?? 0, last - rows.length + 1 + index));
  await db
    .insertInto('call_records')
    .values(made.map(({ record }) => record))
    .execute();
  await db
    .insertInto('call_record_terms')
    .values(made.map(({ terms }) => terms))
    .execute();
}

/** What stands beside the call has changed: whoever keeps its records is told them again. */
export async function touchCallRecords(db: WritableDb, callId: string): Promise<void> {
  const rows = await db.selectFrom('call_records').select('id').where('call_id', '=', callId).execute();
  for (const { id } of rows)
    await db
      .updateTable('call_records')
      .set({ version: await nextChangeNumber(db, 'call-records') })
      .where('id', '=', id)
      .execute();
}

/** Calls that are over and have no records yet. */
export async function callsWithoutRecords(db: WritableDb, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('calls_without_records').select('call_id').limit(limit).execute();
  return rows.map(row => row.call_id);
}

export async function markRecordsWritten(db: WritableDb, callIds: readonly string[]): Promise<void> {
  await db.deleteFrom('calls_without_records').where('call_id', 'in', callIds).execute();
}

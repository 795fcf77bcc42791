import type { CallEventRow, CallRow, LegRow, OfferRow, RecordingRow, WritableDb } from './tables';

/** Calls that are over, as rows; for filling a database at once. */
export interface FinishedCalls {
  readonly calls: CallRow[];
  readonly legs: LegRow[];
  readonly offers: OfferRow[];
  readonly events: CallEventRow[];
}

/** SQLite takes 32,766 values in one statement; building shorter ones is quicker. */
const rowsAtOnce = 200;
function* slices<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce);
}

/** To be called in a transaction. */
export async function insertFinishedCalls(
  db: WritableDb,
  finished: FinishedCalls,
  recordings: readonly RecordingRow[],
): Promise<void> {
  for (const rows of slices(finished.calls)) await db.insertInto('calls').values(rows).execute();
  for (const rows of slices(finished.legs)) await db.insertInto('legs').values(rows).execute();
  for (const rows of slices(finished.offers)) await db.insertInto('offers').values(rows).execute();
  for (const rows of slices(finished.events)) await db.insertInto('call_events').values(rows).execute();
  for (const rows of slices(recordings)) await db.insertInto('recordings').values(rows).execute();
  for (const rows of slices(finished.calls))
    await db
      .insertInto('calls_without_records')
      .values(rows.map(({ id }) => ({ call_id: id })))
      .execute();
}

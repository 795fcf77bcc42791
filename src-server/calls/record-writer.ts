import { replaceCallRecords, touchCallRecords } from '../database/call-record-table';
import { type CallRecord as JournalledCall, callRecords } from '../database/call-table';
import { putRecordingEntry } from '../database/recording-index-table';
import { finishedRecordingsOf } from '../database/recording-table';
import type { WritableDb } from '../database/tables';
import { recordRowsOf } from './call-record-rows';
import { callPartyOf } from './call-views';

export interface RecordWriterParts {
  /** The account of a person, by which their recordings are found. */
  readonly accountIdOf: (personId: string) => string | null;
}

/** Writes the records of a call and the entries of its recordings, as the journal now has them. To be called in its transaction. */
export async function writeRecordsOf(db: WritableDb, callId: string, parts: RecordWriterParts): Promise<void> {
  const [call] = await callRecords(db, [callId]);
  if (call === undefined) return;
  await replaceCallRecords(db, callId, recordRowsOf(call));
  await writeEntries(db, call, parts);
}

/** A recording came or went: its call's records say so. */
export async function recordingsChanged(db: WritableDb, callId: string, parts: RecordWriterParts): Promise<void> {
  await writeRecordsOf(db, callId, parts);
  await touchCallRecords(db, callId);
}

/** The entries of a call's recordings. */
export async function writeEntries(
  db: WritableDb,
  call: JournalledCall,
  { accountIdOf }: RecordWriterParts,
): Promise<void> {
  if (call.recordingIds.length === 0) return;
  const talked = call.legs
    .filter(leg => leg.answeredAt !== null)
    .toSorted((a, b) => (a.answeredAt ?? 0) - (b.answeredAt ?? 0));
  const listeners = [...new Set(talked.flatMap(leg => leg.personId ?? []))];
  const [first] = listeners;
  const { number, name } = callPartyOf(call);
  for (const recording of await finishedRecordingsOf(db, call.id))
    await putRecordingEntry(db, {
      recording_id: recording.id,
      call_id: call.id,
      queue_id: call.queueId,
      account_id: first === undefined ? null : accountIdOf(first),
      type: call.direction === 'inbound' ? 'inbound' : 'manual',
      is_internal: call.direction === 'internal' ? 1 : 0,
      remote_number: number,
      remote_name: name,
      started_at: recording.startedAt,
      duration_ms: recording.durationMs,
      listeners,
    });
}

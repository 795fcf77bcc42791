import type { Selectable } from 'kysely';
import type { ReadableDb, Tables, WritableDb } from './tables';

export interface RecordingFile {
  readonly id: string;
  readonly callId: string;
  /** Bare name inside the recordings folder. */
  readonly file: string;
  readonly finishedAt: number | null;
}

export async function insertRecording(
  db: WritableDb,
  recording: { id: string; callId: string; file: string; startedAt: number },
): Promise<void> {
  const { id, callId, file, startedAt } = recording;
  await db
    .insertInto('recordings')
    .values({ id, call_id: callId, file, started_at: startedAt, finished_at: null, duration_ms: null })
    .execute();
}

export async function finishRecording(
  db: WritableDb,
  recordingId: string,
  durationMs: number,
  at: number,
): Promise<void> {
  await db
    .updateTable('recordings')
    .set({ finished_at: at, duration_ms: durationMs })
    .where('id', '=', recordingId)
    .execute();
}

export async function isRecording(db: ReadableDb, recordingId: string): Promise<boolean> {
  const row = await db.selectFrom('recordings').select('id').where('id', '=', recordingId).executeTakeFirst();
  return row !== undefined;
}

/** Recordings of a call that can be listed: finished, and not deleted yet. */
export async function finishedRecordingsOf(
  db: ReadableDb,
  callId: string,
): Promise<{ id: string; startedAt: number; durationMs: number }[]> {
  const rows = await db
    .selectFrom('recordings')
    .select(['id', 'started_at', 'duration_ms'])
    .where('call_id', '=', callId)
    .where('finished_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .orderBy('started_at')
    .execute();
  return rows.map(row => ({ id: row.id, startedAt: row.started_at, durationMs: row.duration_ms ?? 0 }));
}

/** Recordings that a crash left unfinished. */
export async function openRecordings(db: ReadableDb): Promise<RecordingFile[]> {
  const rows = await db.selectFrom('recordings').selectAll().where('finished_at', 'is', null).execute();
  return rows.map(row => ({ id: row.id, callId: row.call_id, file: row.file, finishedAt: row.finished_at }));
}

export interface StoredFile extends RecordingFile {
  readonly sha256: string | null;
  readonly deletedAt: number | null;
}

export async function recordingFile(db: ReadableDb, recordingId: string): Promise<StoredFile | null> {
  const row = await db.selectFrom('recordings').selectAll().where('id', '=', recordingId).executeTakeFirst();
  return row === undefined ? null : storedFileOf(row);
}

const storedFileOf = (row: Selectable<Tables['recordings']>): StoredFile => ({
  id: row.id,
  callId: row.call_id,
  file: row.file,
  finishedAt: row.finished_at,
  sha256: row.sha256,
  deletedAt: row.deleted_at,
});

export async function rememberSha256(db: WritableDb, recordingId: string, sha256: string): Promise<void> {
  await db.updateTable('recordings').set({ sha256 }).where('id', '=', recordingId).execute();
}

/** Finished before this moment and still there, oldest first, behind a place. */
export async function recordingsFinishedBefore(
  db: ReadableDb,
  before: number,
  { behind, limit }: { behind: number; limit: number },
): Promise<StoredFile[]> {
  const rows = await db
    .selectFrom('recordings')
    .selectAll()
    .where('deleted_at', 'is', null)
    .where('finished_at', '>', behind)
    .where('finished_at', '<', before)
    .orderBy('finished_at')
    .limit(limit)
    .execute();
  return rows.map(storedFileOf);
}

export async function markRecordingDeleted(db: WritableDb, recordingId: string, at: number): Promise<void> {
  await db.updateTable('recordings').set({ deleted_at: at }).where('id', '=', recordingId).execute();
}

import type { ReadableDb, WritableDb } from './tables';

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

/** The recording as this person may hear it: an agent hears only calls that they talked in, everybody else is told it is not there. */
export async function recordingForListener(
  db: ReadableDb,
  recordingId: string,
  listener: { personId: string; hearsAll: boolean },
): Promise<RecordingFile | null> {
  const row = await db
    .selectFrom('recordings')
    .selectAll('recordings')
    .where('recordings.id', '=', recordingId)
    .$if(!listener.hearsAll, query =>
      query.where(eb =>
        eb.exists(
          eb
            .selectFrom('legs')
            .select('legs.id')
            .whereRef('legs.call_id', '=', 'recordings.call_id')
            .where('legs.person_id', '=', listener.personId)
            .where('legs.answered_at', 'is not', null),
        ),
      ),
    )
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, callId: row.call_id, file: row.file, finishedAt: row.finished_at };
}

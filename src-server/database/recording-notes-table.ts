import type { RecordingNoteRow, WritableDb } from './tables';

export async function notesOf(db: WritableDb, recordingId: string): Promise<RecordingNoteRow[]> {
  return db
    .selectFrom('recording_notes')
    .selectAll()
    .where('recording_id', '=', recordingId)
    .orderBy('at_ms')
    .orderBy('created_at')
    .execute();
}

/** Writes a note, or changes one's own. Null: the id is of another recording or of somebody else. */
export async function putNote(
  db: WritableDb,
  note: Pick<RecordingNoteRow, 'id' | 'recording_id' | 'person_id' | 'at_ms' | 'text'>,
  at: number,
): Promise<RecordingNoteRow | null> {
  const known = await db.selectFrom('recording_notes').selectAll().where('id', '=', note.id).executeTakeFirst();
  if (known === undefined) {
    const row = { ...note, created_at: at, changed_at: null };
    await db.insertInto('recording_notes').values(row).execute();
    return row;
  }
  if (known.recording_id !== note.recording_id || known.person_id !== note.person_id) return null;
  if (known.text === note.text && known.at_ms === note.at_ms) return known;
  const row = { ...known, ...note, changed_at: at };
  await db.updateTable('recording_notes').set(row).where('id', '=', note.id).execute();
  return row;
}

/** @returns false when it is somebody else's */
export async function deleteNote(
  db: WritableDb,
  note: Pick<RecordingNoteRow, 'id' | 'recording_id' | 'person_id'>,
): Promise<boolean> {
  const known = await db
    .selectFrom('recording_notes')
    .select('person_id')
    .where('id', '=', note.id)
    .where('recording_id', '=', note.recording_id)
    .executeTakeFirst();
  if (known === undefined) return true;
  if (known.person_id !== note.person_id) return false;
  await db.deleteFrom('recording_notes').where('id', '=', note.id).execute();
  return true;
}

export interface NewScore {
  readonly recordingId: string;
  readonly personId: string;
  readonly points: Readonly<Record<string, number>>;
  readonly total: number;
  readonly comment: string;
  readonly at: number;
}

/** Scores are added, never changed: the newest holds, the others are history. */
export async function insertScore(db: WritableDb, score: NewScore): Promise<void> {
  const { recordingId: recording_id, personId: person_id, points, total, comment, at } = score;
  await db
    .insertInto('qa_scores')
    .values({ recording_id, person_id, points: JSON.stringify(points), total, comment, at })
    .execute();
}

export async function newestScore(db: WritableDb, recordingId: string): Promise<NewScore | null> {
  const row = await db
    .selectFrom('qa_scores')
    .selectAll()
    .where('recording_id', '=', recordingId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { recording_id, person_id: personId, points, total, comment, at } = row;
  return {
    recordingId: recording_id,
    personId,
    points: JSON.parse(points) as Record<string, number>,
    total,
    comment,
    at,
  };
}

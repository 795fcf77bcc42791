import { recordingDraft, type RecordingDraft } from '../../src-shared/ipc/opened-recording';
import type { ReadableDb, WritableDb } from '../cache/open-cache';

interface DraftRow {
  readonly note: string;
  readonly note_at_ms: number;
  readonly points: string;
  readonly comment: string;
}

/** The newest words about one recording in place of the former; nothing at all is no draft. */
export function putRecordingDraft(
  db: WritableDb,
  owner: string,
  { recordingId, draft }: { readonly recordingId: string; readonly draft: RecordingDraft },
  at: number,
): void {
  const { note, noteAtMs, points, comment } = draft;
  const isEmpty = note.trim() === '' && comment.trim() === '' && Object.keys(points).length === 0;
  if (isEmpty) {
    db.prepare<[string, string]>('DELETE FROM recording_drafts WHERE owner = ? AND recording_id = ?').run(
      owner,
      recordingId,
    );
    return;
  }
  db.prepare<[string, string, string, number, string, string, number]>(
    'INSERT OR REPLACE INTO recording_drafts VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(owner, recordingId, note, noteAtMs, JSON.stringify(points), comment, at);
}

export function recordingDraftOf(db: ReadableDb, owner: string, recordingId: string): RecordingDraft | null {
  const row = db
    .prepare<[string, string], DraftRow>(
      'SELECT note, note_at_ms, points, comment FROM recording_drafts WHERE owner = ? AND recording_id = ?',
    )
    .get(owner, recordingId);
  if (row === undefined) return null;
  const { note, note_at_ms: noteAtMs, points, comment } = row;
  return recordingDraft.parse({ note, noteAtMs, points: JSON.parse(points) as unknown, comment });
}

import type { ReadableDb, WritableDb } from '../cache/open-cache';

/** A kept recording that somebody opened, of which the server does not know yet. */
export interface Listening {
  readonly id: string;
  readonly recordingId: string;
  readonly heardAt: number;
}

export function keepListening(db: WritableDb, owner: string, { id, recordingId, heardAt }: Listening): void {
  db.prepare<[string, string, string, number]>('INSERT OR IGNORE INTO listenings VALUES (?, ?, ?, ?)').run(
    id,
    owner,
    recordingId,
    heardAt,
  );
}

export function oldestListening(db: ReadableDb, owner: string): Listening | null {
  return (
    db
      .prepare<[string], Listening>(
        'SELECT id, recording_id AS recordingId, heard_at AS heardAt FROM listenings WHERE owner = ? ORDER BY heard_at LIMIT 1',
      )
      .get(owner) ?? null
  );
}

export function removeListening(db: WritableDb, id: string): void {
  db.prepare<[string]>('DELETE FROM listenings WHERE id = ?').run(id);
}

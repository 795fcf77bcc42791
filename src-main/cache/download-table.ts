import type { ReadableDb, WritableDb } from './open-cache';

export interface KeptDownload {
  readonly transferId: string;
  readonly recordingId: string;
  readonly folder: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly etag: string;
}

export function keepDownloads(db: WritableDb, owner: string, files: readonly KeptDownload[]): void {
  const put = db.prepare(
    'INSERT OR REPLACE INTO downloads VALUES (@transferId, @recordingId, @owner, @folder, @fileName, @sizeBytes, @sha256, @etag)',
  );
  db.transaction(() => files.forEach(file => put.run({ ...file, owner })))();
}

export function keptDownloads(db: ReadableDb, owner: string): KeptDownload[] {
  return db
    .prepare<[string], KeptDownload>(
      `SELECT transfer_id AS transferId, recording_id AS recordingId, folder, file_name AS fileName, size_bytes AS sizeBytes, sha256, etag
        FROM downloads WHERE owner = ?`,
    )
    .all(owner);
}

export function forgetDownload(db: WritableDb, transferId: string, recordingId: string): void {
  db.prepare('DELETE FROM downloads WHERE transfer_id = ? AND recording_id = ?').run(transferId, recordingId);
}

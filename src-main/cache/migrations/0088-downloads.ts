import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Recordings that a person wants as files and that are not all there yet: gone on with after a restart. */
export const downloads: Migration = {
  number: 88,
  name: 'downloads',
  sql: `
    CREATE TABLE downloads (
      transfer_id TEXT NOT NULL,
      recording_id TEXT NOT NULL,
      owner TEXT NOT NULL,
      folder TEXT NOT NULL,
      file_name TEXT NOT NULL,
      size_bytes REAL NOT NULL,
      sha256 TEXT NOT NULL,
      etag TEXT NOT NULL,
      PRIMARY KEY (transfer_id, recording_id)
    ) STRICT, WITHOUT ROWID;
  `,
};

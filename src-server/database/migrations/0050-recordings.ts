import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** What was recorded; `file` is a bare name inside the recordings folder. */
export const recordings: Migration = {
  number: 50,
  name: 'recordings',
  sql: `
    CREATE TABLE recordings (
      id TEXT PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      file TEXT NOT NULL CHECK (file NOT LIKE '%/%' AND file NOT LIKE '%\\%'),
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      duration_ms INTEGER
    ) STRICT;
    CREATE INDEX recordings_of_call ON recordings (call_id);
  `,
};

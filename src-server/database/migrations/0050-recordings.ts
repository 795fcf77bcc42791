import { withRowId, type ServerMigration } from './in-postgres';

/** What was recorded; `file` is a bare name inside the recordings folder. */
export const recordings: ServerMigration = {
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
  postgres: `
    CREATE TABLE recordings (
      id text COLLATE "C" PRIMARY KEY,
      call_id text COLLATE "C" NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      file text NOT NULL CHECK (file !~ '[/\\\\]'),
      started_at bigint NOT NULL,
      finished_at bigint,
      duration_ms bigint
    );
    CREATE INDEX recordings_of_call ON recordings (call_id);
    ${withRowId('recordings')}`,
};

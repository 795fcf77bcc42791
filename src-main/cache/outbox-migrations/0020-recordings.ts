import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/**
 * Of recordings: what somebody is writing about one and has not saved, and which kept ones were opened, until the server has that in its audit.
 * `points` are JSON.
 */
export const recordingPapers: Migration = {
  number: 20,
  name: 'recording drafts and listenings',
  sql: `
    CREATE TABLE recording_drafts (
      owner TEXT NOT NULL,
      recording_id TEXT NOT NULL,
      note TEXT NOT NULL,
      note_at_ms REAL NOT NULL,
      points TEXT NOT NULL,
      comment TEXT NOT NULL,
      changed_at REAL NOT NULL,
      PRIMARY KEY (owner, recording_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE listenings (
      id TEXT PRIMARY KEY,
      owner TEXT NOT NULL,
      recording_id TEXT NOT NULL,
      heard_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX listenings_oldest ON listenings (owner, heard_at);
  `,
};

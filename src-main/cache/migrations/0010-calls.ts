import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Recent calls, one row per call and signed-in person: two people at one desk never see each other's calls. */
export const calls: Migration = {
  number: 10,
  name: 'calls',
  sql: `
    CREATE TABLE calls (
      owner TEXT NOT NULL,
      call_id TEXT NOT NULL,
      direction TEXT NOT NULL,
      remote_number TEXT NOT NULL,
      remote_name TEXT,
      queue_name TEXT,
      started_at REAL NOT NULL,
      answered_at REAL,
      ended_at REAL,
      end_cause TEXT,
      has_recording INTEGER NOT NULL,
      PRIMARY KEY (owner, call_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX calls_newest ON calls (owner, started_at DESC, call_id DESC);
    CREATE INDEX calls_by_number ON calls (owner, remote_number, started_at DESC) WHERE remote_name IS NOT NULL;
  `,
};

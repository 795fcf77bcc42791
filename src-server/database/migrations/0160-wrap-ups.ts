import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Work after queue calls, and what agents wrote down. A disposition keeps the words it had when it was chosen. */
export const wrapUps: Migration = {
  number: 160,
  name: 'wrap-ups',
  sql: `
    CREATE TABLE wrap_ups (
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      queue_id TEXT NOT NULL,
      customer_number TEXT NOT NULL,
      customer_name TEXT,
      started_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL,
      extensions_left INTEGER NOT NULL,
      ended_at INTEGER,
      PRIMARY KEY (call_id, person_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX wrap_ups_open ON wrap_ups (person_id) WHERE ended_at IS NULL;
    CREATE TABLE call_outcomes (
      id TEXT PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      disposition_id TEXT,
      disposition_text TEXT,
      note TEXT NOT NULL,
      saved_at INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX call_outcomes_of_call ON call_outcomes (call_id, at);
  `,
};

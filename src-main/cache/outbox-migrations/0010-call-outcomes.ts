import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** What agents wrote down of calls: `drafts` while they write, `call_outcomes` from Save until the server has it. One person's are unseen by another. */
export const callOutcomes: Migration = {
  number: 10,
  name: 'call outcomes',
  sql: `
    CREATE TABLE drafts (
      owner TEXT NOT NULL,
      call_id TEXT NOT NULL,
      queue_id TEXT NOT NULL,
      customer_number TEXT NOT NULL,
      customer_name TEXT,
      disposition_id TEXT,
      note TEXT NOT NULL,
      changed_at REAL NOT NULL,
      PRIMARY KEY (owner, call_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE call_outcomes (
      id TEXT PRIMARY KEY,
      owner TEXT NOT NULL,
      call_id TEXT NOT NULL,
      queue_id TEXT NOT NULL,
      customer_number TEXT NOT NULL,
      customer_name TEXT,
      disposition_id TEXT,
      note TEXT NOT NULL,
      saved_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX call_outcomes_oldest ON call_outcomes (owner, saved_at);
  `,
};

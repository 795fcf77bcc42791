import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Who did what to sensitive things. Rows can be added and read, nothing else. */
export const audit: Migration = {
  number: 60,
  name: 'audit',
  sql: `
    CREATE TABLE audit_entries (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      person_id TEXT,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL,
      remote_address TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
      BEGIN SELECT RAISE(ABORT, 'audit entries are not changed'); END;
    CREATE TRIGGER audit_entries_are_not_removed BEFORE DELETE ON audit_entries
      BEGIN SELECT RAISE(ABORT, 'audit entries are not removed'); END;
  `,
};

import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Codes with which somebody may set a new password: one per person, hashed like passwords, gone when used, tried too often or old. */
export const passwordResets: Migration = {
  number: 180,
  name: 'password-resets',
  sql: `
    CREATE TABLE password_resets (
      person_id TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
      code_hash TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      tries_left INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};

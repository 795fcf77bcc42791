import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Who works here, what they answer, and the account it is billed to. */
export const people: Migration = {
  number: 10,
  name: 'people',
  sql: `
    CREATE TABLE accounts (
      id TEXT PRIMARY KEY,
      company TEXT NOT NULL,
      account_number TEXT NOT NULL,
      billing_number TEXT NOT NULL
    ) STRICT;
    CREATE TABLE people (
      id TEXT PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      identifier TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (identifier NOT LIKE '%@%' AND identifier GLOB '*[a-zA-Z]*'),
      email TEXT UNIQUE COLLATE NOCASE CHECK (email LIKE '%@%'),
      extension TEXT NOT NULL UNIQUE CHECK (extension NOT GLOB '*[^0-9]*'),
      display_name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('agent', 'supervisor', 'administrator')),
      password_hash TEXT NOT NULL,
      is_recorded INTEGER NOT NULL DEFAULT 0 CHECK (is_recorded IN (0, 1))
    ) STRICT;
    CREATE TABLE queues (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      number TEXT NOT NULL UNIQUE,
      ring_timeout_ms INTEGER NOT NULL,
      wrap_up_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE queue_members (
      queue_id TEXT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      PRIMARY KEY (queue_id, person_id)
    ) STRICT, WITHOUT ROWID;
  `,
};

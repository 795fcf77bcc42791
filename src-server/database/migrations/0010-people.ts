import { inPostgres, watched, type ServerMigration } from './in-postgres';

const accounts = `
    CREATE TABLE accounts (
      id TEXT PRIMARY KEY,
      company TEXT NOT NULL,
      account_number TEXT NOT NULL,
      billing_number TEXT NOT NULL
    ) STRICT;
`;
const queues = `
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
`;

/** Who works here, what they answer, and the account it is billed to. */
export const people: ServerMigration = {
  number: 10,
  name: 'people',
  sql: `${accounts}
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
    ${queues}`,
  // citext: letters whatever their case.
  postgres: `
    CREATE EXTENSION IF NOT EXISTS citext;
    CREATE TABLE outside_writes (writer text PRIMARY KEY, writes bigint NOT NULL);
    CREATE FUNCTION note_writer() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO outside_writes VALUES (current_setting('application_name'), 1)
          ON CONFLICT (writer) DO UPDATE SET writes = outside_writes.writes + 1;
        RETURN NULL;
      END $$;
    ${inPostgres(accounts)}
    CREATE TABLE people (
      id text COLLATE "C" PRIMARY KEY,
      account_id text COLLATE "C" NOT NULL REFERENCES accounts (id),
      identifier citext NOT NULL UNIQUE CHECK (identifier::text NOT LIKE '%@%' AND identifier::text ~ '[a-zA-Z]'),
      email citext UNIQUE CHECK (email::text LIKE '%@%'),
      extension text COLLATE "C" NOT NULL UNIQUE CHECK (extension !~ '[^0-9]'),
      display_name text COLLATE "C" NOT NULL,
      role text NOT NULL CHECK (role IN ('agent', 'supervisor', 'administrator')),
      password_hash text NOT NULL,
      is_recorded bigint NOT NULL DEFAULT 0 CHECK (is_recorded IN (0, 1))
    );
    ${inPostgres(queues)}
    ${watched('accounts', 'people', 'queues', 'queue_members')}`,
};

import { inPostgres, withRowId, type ServerMigration } from './in-postgres';

const tables = `
    CREATE TABLE calls (
      id TEXT PRIMARY KEY,
      direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound', 'internal')),
      from_number TEXT NOT NULL,
      from_name TEXT,
      to_number TEXT NOT NULL,
      to_name TEXT,
      queue_id TEXT,
      queue_joined_at INTEGER,
      queue_left_at INTEGER,
      queue_left_cause TEXT CHECK (queue_left_cause IN ('connected', 'abandoned', 'closed')),
      started_at INTEGER NOT NULL,
      answered_at INTEGER,
      ended_at INTEGER,
      end_cause TEXT
    ) STRICT;
    CREATE INDEX calls_by_time ON calls (started_at);
    CREATE INDEX calls_open ON calls (id) WHERE ended_at IS NULL;
    CREATE TABLE legs (
      id TEXT PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('customer', 'agent')),
      number TEXT NOT NULL,
      extension TEXT,
      person_id TEXT REFERENCES people (id) ON DELETE SET NULL,
      started_at INTEGER NOT NULL,
      answered_at INTEGER,
      ended_at INTEGER,
      end_cause TEXT,
      held_since INTEGER,
      hold_ms INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX legs_of_call ON legs (call_id);
    CREATE INDEX legs_of_person ON legs (person_id, started_at);
    CREATE TABLE call_events (
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL,
      at INTEGER NOT NULL,
      type TEXT NOT NULL,
      leg_id TEXT,
      detail TEXT NOT NULL,
      PRIMARY KEY (call_id, sequence)
    ) STRICT, WITHOUT ROWID;`;

/** The journal: calls, their legs, and every event in the order in which it happened. */
export const calls: ServerMigration = {
  number: 40,
  name: 'calls',
  sql: tables,
  postgres: inPostgres(tables) + withRowId('legs'),
};

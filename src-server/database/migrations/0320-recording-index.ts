import { inPostgres, readByIndex, wordIndex, type ServerMigration } from './in-postgres';

const tables = `
    ALTER TABLE recordings ADD COLUMN sha256 TEXT CHECK (length(sha256) = 64);
    ALTER TABLE recordings ADD COLUMN deleted_at INTEGER;
    CREATE INDEX recordings_to_keep ON recordings (finished_at) WHERE deleted_at IS NULL;
    CREATE TABLE recording_index (
      id INTEGER PRIMARY KEY,
      recording_id TEXT NOT NULL UNIQUE REFERENCES recordings (id) ON DELETE CASCADE,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      queue_id TEXT,
      account_id TEXT,
      type TEXT NOT NULL CHECK (type IN ('inbound', 'manual', 'auto')),
      is_internal INTEGER NOT NULL CHECK (is_internal IN (0, 1)),
      remote_number TEXT NOT NULL,
      remote_name TEXT,
      started_at INTEGER NOT NULL,
      duration_ms INTEGER NOT NULL,
      qa_score INTEGER,
      is_deleted INTEGER NOT NULL DEFAULT 0 CHECK (is_deleted IN (0, 1)),
      name_key TEXT NOT NULL,
      number_key TEXT NOT NULL,
      version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX recording_index_of_call ON recording_index (call_id, is_deleted);
    CREATE INDEX recording_index_by_version ON recording_index (version);
    CREATE INDEX recording_index_kept ON recording_index (id) WHERE is_deleted = 0;
    CREATE TABLE recording_listeners (
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      id INTEGER NOT NULL,
      -- In the order in which they talked.
      place INTEGER NOT NULL,
      PRIMARY KEY (person_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX recording_listeners_of ON recording_listeners (id, place, person_id);
    CREATE TABLE recording_notes (
      id TEXT PRIMARY KEY,
      recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      at_ms INTEGER NOT NULL,
      text TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      changed_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX recording_notes_of ON recording_notes (recording_id, at_ms);
    CREATE TABLE qa_scores (
      id INTEGER PRIMARY KEY,
      recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      points TEXT NOT NULL,
      total INTEGER NOT NULL CHECK (total BETWEEN 0 AND 100),
      comment TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX qa_scores_of ON qa_scores (recording_id, id);`;

/**
 * Recordings as they are listed and searched, in the manner of `call_records`; who talked may hear them. Notes, scores, and what was deleted
 * when its time was over. Old recordings are written from `calls_without_records` like the records of their calls.
 */
export const recordingIndex: ServerMigration = {
  number: 320,
  name: 'recording-index',
  sql: `${tables}
    CREATE VIRTUAL TABLE recording_terms USING fts5 (
      terms, content = '', contentless_delete = 1, detail = none,
      tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_\`{|}~'"
    );`,
  postgres: inPostgres(tables) + wordIndex('recording_terms') + readByIndex('recording_listeners'),
};

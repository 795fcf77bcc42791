import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** What is known of recordings, beside what their call records say; `row` is the recording as the server tells it. No sound. */
export const recordings: Migration = {
  number: 84,
  name: 'recordings',
  sql: `
    CREATE TABLE recordings (
      key INTEGER PRIMARY KEY,
      owner TEXT NOT NULL,
      id TEXT NOT NULL,
      started_at REAL NOT NULL,
      duration_ms REAL NOT NULL,
      type TEXT NOT NULL,
      call_number INTEGER NOT NULL,
      agent_name TEXT NOT NULL,
      account_name TEXT NOT NULL,
      qa_score REAL,
      name TEXT NOT NULL,
      digits TEXT NOT NULL,
      row TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX recordings_by_id ON recordings (owner, id);
    CREATE VIRTUAL TABLE recordings_text USING fts5 (name, digits, content = 'recordings', content_rowid = 'key', tokenize = 'trigram',
      detail = none, columnsize = 0);
    CREATE TRIGGER recordings_added AFTER INSERT ON recordings BEGIN
      INSERT INTO recordings_text (rowid, name, digits) VALUES (new.key, new.name, new.digits);
    END;
    CREATE TRIGGER recordings_removed AFTER DELETE ON recordings BEGIN
      INSERT INTO recordings_text (recordings_text, rowid, name, digits) VALUES ('delete', old.key, old.name, old.digits);
    END;
    CREATE TRIGGER recordings_changed AFTER UPDATE OF name, digits ON recordings WHEN old.name <> new.name OR old.digits <> new.digits BEGIN
      INSERT INTO recordings_text (recordings_text, rowid, name, digits) VALUES ('delete', old.key, old.name, old.digits);
      INSERT INTO recordings_text (rowid, name, digits) VALUES (new.key, new.name, new.digits);
    END;
  `,
};

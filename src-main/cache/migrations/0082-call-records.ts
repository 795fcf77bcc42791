import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/**
 * Call records and recordings of the newest months, one row per person who may see them. The key rises with the time (`search-table.ts`),
 * so that newest first is the order of the table and of its index. The index of any three letters holds no text of its own,
 * nor where in a row they stand: what it finds is compared with the row, and it is a quarter as large.
 */
export const callRecords: Migration = {
  number: 82,
  name: 'call records',
  sql: `
    CREATE TABLE call_records (
      key INTEGER PRIMARY KEY,
      owner TEXT NOT NULL,
      id TEXT NOT NULL,
      call_id TEXT NOT NULL,
      call_number INTEGER NOT NULL,
      person_id TEXT,
      agent_name TEXT,
      extension TEXT,
      type TEXT NOT NULL,
      is_internal INTEGER NOT NULL,
      disposition TEXT NOT NULL,
      remote_number TEXT NOT NULL,
      remote_name TEXT,
      is_number_hidden INTEGER NOT NULL,
      queue_id TEXT,
      queue_name TEXT,
      started_at REAL NOT NULL,
      answered_at REAL,
      ended_at REAL NOT NULL,
      duration_ms REAL NOT NULL,
      end_cause TEXT,
      missed_cause TEXT,
      recording_id TEXT,
      name TEXT NOT NULL,
      digits TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX call_records_by_id ON call_records (owner, id);
    CREATE VIRTUAL TABLE call_records_text USING fts5 (name, digits, content = 'call_records', content_rowid = 'key', tokenize = 'trigram',
      detail = none, columnsize = 0);
    CREATE TRIGGER call_records_added AFTER INSERT ON call_records BEGIN
      INSERT INTO call_records_text (rowid, name, digits) VALUES (new.key, new.name, new.digits);
    END;
    CREATE TRIGGER call_records_removed AFTER DELETE ON call_records BEGIN
      INSERT INTO call_records_text (call_records_text, rowid, name, digits) VALUES ('delete', old.key, old.name, old.digits);
    END;
    CREATE TRIGGER call_records_changed AFTER UPDATE OF name, digits ON call_records WHEN old.name <> new.name OR old.digits <> new.digits BEGIN
      INSERT INTO call_records_text (call_records_text, rowid, name, digits) VALUES ('delete', old.key, old.name, old.digits);
      INSERT INTO call_records_text (rowid, name, digits) VALUES (new.key, new.name, new.digits);
    END;
  `,
};

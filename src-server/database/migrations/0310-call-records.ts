import { inPostgres, readByIndex, wordIndex, type ServerMigration } from './in-postgres';

const records = `
    CREATE TABLE change_numbers (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO change_numbers VALUES ('call-records', 0), ('recordings', 0);
    CREATE TABLE call_records (
      id INTEGER PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      person_id TEXT REFERENCES people (id) ON DELETE CASCADE,
      queue_id TEXT,
      type TEXT NOT NULL CHECK (type IN ('inbound', 'manual', 'auto')),
      is_internal INTEGER NOT NULL CHECK (is_internal IN (0, 1)),
      disposition TEXT NOT NULL CHECK (disposition IN ('answered', 'unanswered', 'busy')),
      remote_number TEXT NOT NULL,
      remote_name TEXT,
      started_at INTEGER NOT NULL,
      answered_at INTEGER,
      ended_at INTEGER NOT NULL,
      duration_ms INTEGER NOT NULL,
      end_cause TEXT,
      missed_cause TEXT,
      name_key TEXT NOT NULL,
      number_key TEXT NOT NULL,
      version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX call_records_of_call ON call_records (call_id);
    CREATE INDEX call_records_by_version ON call_records (version);
    CREATE TABLE calls_without_records (call_id TEXT PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;`;

/**
 * Each person's part of each call, in a row that can be searched. `id` is the beginning of the part in ms times 8, or the next that is free:
 * in the order of ids is in the order of time, and a place in the list is one number. `name_key` and `number_key` are what is compared;
 * `call_record_terms` finds their parts, by the words that `search-terms.ts` makes of them. Old calls are left in `calls_without_records`,
 * and written by the server while it runs.
 */
export const callRecords: ServerMigration = {
  number: 310,
  name: 'call-records',
  sql: `
    ALTER TABLE calls ADD COLUMN call_number INTEGER;
    UPDATE calls SET call_number = counted.place
      FROM (SELECT id, row_number() OVER (ORDER BY started_at, id) AS place FROM calls) AS counted
      WHERE counted.id = calls.id;
    CREATE UNIQUE INDEX calls_by_number ON calls (call_number);
    CREATE TRIGGER calls_are_counted AFTER INSERT ON calls WHEN NEW.call_number IS NULL
      BEGIN UPDATE calls SET call_number = (SELECT coalesce(max(call_number), 0) + 1 FROM calls) WHERE id = NEW.id; END;
    ${records}
    CREATE INDEX call_records_of_person
      ON call_records (person_id, id, name_key, number_key, queue_id, type, disposition, duration_ms, end_cause);
    CREATE VIRTUAL TABLE call_record_terms USING fts5 (
      terms, content = '', contentless_delete = 1, detail = none,
      tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_\`{|}~'"
    );
    INSERT INTO calls_without_records SELECT id FROM calls WHERE ended_at IS NOT NULL;`,
  postgres: `
    ALTER TABLE calls ADD COLUMN call_number bigint;
    CREATE UNIQUE INDEX calls_by_number ON calls (call_number);
    CREATE FUNCTION count_call() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.call_number := (SELECT coalesce(max(call_number), 0) + 1 FROM calls);
        RETURN NEW;
      END $$;
    CREATE TRIGGER calls_are_counted BEFORE INSERT ON calls FOR EACH ROW WHEN (NEW.call_number IS NULL)
      EXECUTE FUNCTION count_call();
    ${inPostgres(records)}
    CREATE INDEX call_records_of_person ON call_records (person_id, id)
      INCLUDE (name_key, number_key, is_internal, queue_id, type, disposition, duration_ms, end_cause, started_at);
    ${wordIndex('call_record_terms')}
    ${readByIndex('call_records')}`,
};

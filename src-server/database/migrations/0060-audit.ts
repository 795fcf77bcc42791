import { inPostgres, type ServerMigration } from './in-postgres';

const table = `
    CREATE TABLE audit_entries (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      person_id TEXT,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL,
      remote_address TEXT NOT NULL
    ) STRICT;`;

/** Who did what to sensitive things. Rows can be added and read, nothing else. */
export const audit: ServerMigration = {
  number: 60,
  name: 'audit',
  sql: `${table}
    CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
      BEGIN SELECT RAISE(ABORT, 'audit entries are not changed'); END;
    CREATE TRIGGER audit_entries_are_not_removed BEFORE DELETE ON audit_entries
      BEGIN SELECT RAISE(ABORT, 'audit entries are not removed'); END;
  `,
  postgres: `
    ${inPostgres(table)}
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
    CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('audit entries are not changed');
    CREATE TRIGGER audit_entries_are_not_removed BEFORE DELETE OR TRUNCATE ON audit_entries
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('audit entries are not removed');`,
};

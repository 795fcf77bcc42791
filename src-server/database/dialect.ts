import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import { postgresFound, postgresRows, slotOf, slotWord } from './search-postgres';
import type { RowSearch } from './search-source';
import { sqliteFound, sqliteRows } from './search-sqlite';
import type { WritableDb } from './tables';

type Sql = RawBuilder<unknown>;

/** What SQLite and PostgreSQL say in different words; everything else is said once, in the tables. */
export interface Dialect {
  /** The greater and the lesser of two values of one row. */
  readonly greatest: (a: Sql, b: Sql) => RawBuilder<number>;
  readonly least: (a: Sql, b: Sql) => RawBuilder<number>;
  /** Whether a text stands in another, letter by letter. */
  readonly contains: (column: Sql, part: string) => Sql;
  readonly hasFiveDigits: (column: Sql) => Sql;
  /** The words of a row as the index of words takes them. */
  readonly storedTerms: (words: readonly string[], id: number) => string | string[];
  /** A number that rises when another process has changed people, queues or policy; what this one writes does not count. */
  readonly outsideWrites: Sql;
  /** The statement that finds rows by time, and its rows by the quickest way. */
  readonly found: (search: RowSearch) => Sql;
  readonly rows: (db: WritableDb, search: RowSearch) => Promise<readonly object[]>;
}

export const sqlite: Dialect = {
  greatest: (a, b) => sql`max(${a}, ${b})`,
  least: (a, b) => sql`min(${a}, ${b})`,
  contains: (column, part) => sql`instr(${column}, ${part}) > 0`,
  hasFiveDigits: column => sql`${column} GLOB '*[0-9]*[0-9]*[0-9]*[0-9]*[0-9]*'`,
  storedTerms: words => words.join(' '),
  outsideWrites: sql`SELECT data_version AS version FROM pragma_data_version`,
  found: sqliteFound,
  rows: sqliteRows,
};

export const postgres: Dialect = {
  greatest: (a, b) => sql`greatest(${a}, ${b})`,
  least: (a, b) => sql`least(${a}, ${b})`,
  contains: (column, part) => sql`strpos(${column}, ${part}) > 0`,
  hasFiveDigits: column => sql`${column} ~ '([0-9].*){5}'`,
  storedTerms: (words, id) => [...words, slotWord(slotOf(id))],
  outsideWrites: sql`SELECT coalesce(sum(writes), 0) AS version FROM outside_writes
    WHERE writer <> current_setting('application_name')`,
  found: postgresFound,
  rows: postgresRows,
};

export const dialectOf = (db: Pick<WritableDb, 'getExecutor'>): Dialect =>
  db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite;

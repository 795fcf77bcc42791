import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { AppError } from '../../src-shared/errors/app-error';
import { type Migration, NewerDatabaseError, runMigrations } from '../../src-shared/sqlite/run-migrations';
import { migrations as allMigrations } from './migrations/index';
import { openPostgres } from './open-postgres';
import type { Tables, WritableDb } from './tables';

/** A statement slower than this is told to the log: SQLite works on the server's only thread. */
const slowStatementMs = 20;

/** Statements that are kept; of more, those that were asked for first go. */
const mostPrepared = 500;

export interface DatabaseOptions {
  /** Path of the file, or `:memory:`. */
  readonly file: string;
  readonly onSlowStatement?: ((sql: string, durationMs: number) => void) | undefined;
  /** Fewer steps than there are, for tests of a later one. */
  readonly migrations?: readonly Migration[];
}

export interface CentreDatabaseOptions {
  /** Holds `server.db`, where there is no `url`. */
  readonly dataFolder: string;
  /** A database of PostgreSQL, or null for SQLite. */
  readonly url: string | null;
  readonly onSlowStatement?: DatabaseOptions['onSlowStatement'];
}

/** Opens the database of a centre, whichever it is. */
export async function openCentreDatabase(options: CentreDatabaseOptions): Promise<WritableDb> {
  const { dataFolder, url, ...more } = options;
  return url === null ? openDatabase({ file: databaseFile(dataFolder), ...more }) : openPostgres({ url, ...more });
}

export const databaseFile = (dataFolder: string): string => join(dataFolder, 'server.db');

/**
 * Opens a database of SQLite, readable by its owner only, and brings its schema up to date. `destroy()` closes it.
 * @throws AppError `cache/from-newer-version` when a newer program wrote the file; it is left as it is
 */
export function openDatabase(options: DatabaseOptions): WritableDb {
  const database = new SqliteDatabase(options.file);
  try {
    database.pragma('busy_timeout = 5000');
    database.pragma('foreign_keys = ON');
    // Before anything that writes: a file of a newer program stays as it is.
    runMigrations(database, options.migrations ?? allMigrations);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
  } catch (error) {
    database.close();
    if (error instanceof NewerDatabaseError) throw new AppError('cache/from-newer-version', error.message);
    throw error;
  }
  if (options.file !== ':memory:') chmodSync(options.file, 0o600);
  return new Kysely<Tables>({
    dialect: new SqliteDialect({ database: preparedOnce(database) }),
    log: event => {
      if (event.queryDurationMillis > slowStatementMs)
        options.onSlowStatement?.(event.query.sql, event.queryDurationMillis);
    },
  });
}

/** Reading a statement costs SQLite more than most statements take: the same words are read once. */
function preparedOnce(database: SqliteDatabase.Database): Pick<SqliteDatabase.Database, 'prepare' | 'close'> {
  const known = new Map<string, SqliteDatabase.Statement>();
  const prepare = (sql: string): SqliteDatabase.Statement => {
    const statement = known.get(sql) ?? database.prepare(sql);
    known.set(sql, statement);
    const [oldest] = known.keys();
    if (known.size > mostPrepared && oldest !== undefined) known.delete(oldest);
    return statement;
  };
  return { prepare: prepare as SqliteDatabase.Database['prepare'], close: () => database.close() };
}

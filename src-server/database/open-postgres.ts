import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Kysely } from 'kysely';
import { AppError } from '../../src-shared/errors/app-error';
import { missingSteps, NewerDatabaseError } from '../../src-shared/sqlite/run-migrations';
import { inPostgres, type ServerMigration } from './migrations/in-postgres';
import { migrations as allMigrations } from './migrations/index';
import { connectionOptions, namedPostgresError, postgresDialect } from './postgres-connections';
import type { Tables, WritableDb } from './tables';

/** A statement slower than this is told to the log. It holds up nobody but who asked. */
const slowStatementMs = 100;
/** Of two programs that open a database at once one waits until the other has brought it up to date. */
const migrationsLock = 5_060_818;

export interface PostgresOptions {
  /** postgres://user:password@host/database */
  readonly url: string;
  readonly onSlowStatement?: ((sql: string, durationMs: number) => void) | undefined;
  /** Fewer steps than there are, for tests of a later one. */
  readonly migrations?: readonly ServerMigration[];
}

/**
 * Opens a database of PostgreSQL and brings its schema up to date. `destroy()` closes it.
 * @throws AppError `cache/from-newer-version` when a newer program wrote it, `database/unreachable`
 */
export async function openPostgres(options: PostgresOptions): Promise<WritableDb> {
  const connection = connectionOptions(options.url, `softphone-${randomUUID()}`);
  await migrate(connection, options.migrations ?? allMigrations);
  return new Kysely<Tables>({
    dialect: postgresDialect(connection),
    log: event => {
      if (event.queryDurationMillis > slowStatementMs)
        options.onSlowStatement?.(event.query.sql, event.queryDurationMillis);
    },
  });
}

/** All missing steps or none: PostgreSQL takes back changes of a schema too. */
async function migrate(connection: pg.ClientConfig, migrations: readonly ServerMigration[]): Promise<void> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(
      `BEGIN; SET LOCAL client_min_messages = warning; SELECT pg_advisory_xact_lock(${migrationsLock})`,
    );
    await demandUtf8(client);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (number bigint NOT NULL)');
    const { rows } = await client.query<{ number: number }>('SELECT number FROM schema_version');
    const missing = missingSteps(rows[0]?.number ?? 0, migrations);
    for (const step of missing) await client.query(step.postgres ?? inPostgres(step.sql));
    const newest = missing.at(-1)?.number;
    if (newest !== undefined) {
      await client.query('DELETE FROM schema_version');
      await client.query('INSERT INTO schema_version VALUES ($1)', [newest]);
    }
    await client.query('COMMIT');
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw new AppError('cache/from-newer-version', error.message);
    throw namedPostgresError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function demandUtf8(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding');
  const encoding = rows[0]?.server_encoding;
  if (encoding !== 'UTF8') throw new Error(`the database is in ${encoding}: make one with ENCODING 'UTF8'`);
}

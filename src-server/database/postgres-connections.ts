import pg from 'pg';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely';
import { AppError } from '../../src-shared/errors/app-error';

/** So many at most; one of them writes at a time. */
const mostConnections = 8;
const connectTimeoutMs = 5_000;
/** Of ours alone, in whichever database: who writes takes it first. */
const writersLock = 5_060_817;

/** Compiling a plan costs more than any search here takes. */
const settings = '-c jit=off -c work_mem=32MB -c random_page_cost=1.1';

const [int8, numeric] = [20, 1700];
/** Whole numbers as numbers: times in ms, and sums of them, are far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === int8 || id === numeric ? Number : (pg.types.getTypeParser(id, format) as (text: string) => unknown),
};

/** What is wrong with the way to PostgreSQL, or with PostgreSQL as a whole; not with what was asked. */
const outages = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);
const isOutage = (error: Error & { readonly code?: unknown }): boolean =>
  outages.has(String(error.code)) ||
  // Connection failures, shutting down or starting up, too many connections (appendix A of the manual).
  /^(08|57P0|53300)/.test(String(error.code)) ||
  /^Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message);

/** An outage by our name; everything else as it is. */
export const namedPostgresError = (error: unknown): unknown =>
  error instanceof Error && isOutage(error) ? new AppError('database/unreachable', error.message) : error;

/** PostgreSQL has no place for it in a text: it is written as the sign for what cannot be shown. */
const withoutNul = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{FFFD}') : value;

export const connectionOptions = (url: string, name: string): pg.PoolConfig => ({
  connectionString: url,
  application_name: name,
  connectionTimeoutMillis: connectTimeoutMs,
  keepAlive: true,
  options: settings,
  types,
});

class Connections implements PostgresPool {
  readonly options: object;
  constructor(private readonly pool: pg.Pool) {
    this.options = pool.options;
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw namedPostgresError(error);
    });
    const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
      try {
        return await client.query(text, values.map(withoutNul));
      } catch (error) {
        throw namedPostgresError(error);
      }
    };
    return { query: query as PostgresPoolClient['query'], release: () => client.release() };
  }

  end(): Promise<void> {
    return this.pool.end();
  }
}

/**
 * Transactions run one after the other, as they do in SQLite, whoever begins them: numbers of changes and ids of records are in the order
 * in which they become visible.
 */
class OneWriterDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`begin; select pg_advisory_xact_lock(${writersLock})`));
  }
}

class OneWriterDialect extends PostgresDialect {
  constructor(private readonly connections: PostgresPool) {
    super({ pool: connections });
  }
  override createDriver(): Driver {
    return new OneWriterDriver({ pool: this.connections });
  }
}

export function postgresDialect(options: pg.PoolConfig): PostgresDialect {
  const pool = new pg.Pool({ ...options, max: mostConnections });
  // Lost connections: the next query opens another one, or says that it cannot.
  pool.on('error', () => undefined);
  pool.on('connect', client => client.on('error', () => undefined));
  return new OneWriterDialect(new Connections(pool));
}

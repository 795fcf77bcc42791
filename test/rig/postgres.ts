import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openCentreDatabase, openDatabase } from '../../src-server/database/open-database';
import type { WritableDb } from '../../src-server/database/tables';
import pg from 'pg';

/** Set by `postgres-for-tests.ts` where the tests are to run on PostgreSQL. */
const server = (): string | null => process.env['TEST_POSTGRES'] ?? null;
export const isOnPostgres = (): boolean => server() !== null;

/** Up to date and without rows: from it every other one is copied, which is quicker than making it. */
export const emptyOne = 'empty-one';

export const urlOf = (name: string): string => (server() ?? '').replace('/postgres?', `/${encodeURIComponent(name)}?`);
/** The database that belongs to a centre's folder; null on SQLite, where it lies in the folder. */
export const databaseUrlOf = (folder: string): string | null => (isOnPostgres() ? urlOf(basename(folder)) : null);

/** For a server or a command of its own process. */
export const environmentOf = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  DATABASE_URL: databaseUrlOf(folder) ?? '',
});

/** Makes something in a folder that all tests of this PostgreSQL share, once: whoever comes meanwhile waits. Null on SQLite. */
export async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string | null> {
  const shared = process.env['TEST_POSTGRES_FOLDER'];
  if (shared === undefined) return null;
  const folder = join(shared, name);
  const client = new pg.Client({ connectionString: server() ?? '' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1)');
    if (!existsSync(`${folder}.done`)) {
      mkdirSync(folder);
      await make(folder);
      writeFileSync(`${folder}.done`, '');
    }
    return folder;
  } finally {
    await client.end();
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function atServer(statement: string, values: readonly unknown[] = []): Promise<number> {
  const client = new pg.Client({ connectionString: server() ?? '' });
  await client.connect();
  try {
    return (await client.query(statement, [...values])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/** The database of a folder, unless it is there. Nothing on SQLite: its file is made when it is opened. */
export async function makeDatabase(folder: string, like: string | null = emptyOne): Promise<void> {
  if (!isOnPostgres()) return;
  const known = await atServer('SELECT 1 FROM pg_database WHERE datname = $1', [basename(folder)]);
  if (known > 0) return;
  const template = like === null ? '' : ` TEMPLATE ${quoted(basename(like))}`;
  await atServer(`CREATE DATABASE ${quoted(basename(folder))}${template}`);
}

export async function dropDatabase(folder: string): Promise<void> {
  if (isOnPostgres()) await atServer(`DROP DATABASE IF EXISTS ${quoted(basename(folder))} WITH (FORCE)`);
}

/** The database of a centre as another process opens it. */
export const openDatabaseOf = (folder: string): Promise<WritableDb> =>
  openCentreDatabase({ dataFolder: folder, url: databaseUrlOf(folder) });

let count = 0;
/** An empty database that goes when it is closed. */
export async function openEmptyDatabase(onSlowStatement?: (sql: string) => void): Promise<WritableDb> {
  if (!isOnPostgres()) return openDatabase({ file: ':memory:', onSlowStatement });
  count += 1;
  const folder = `empty-${process.pid}-${count}`;
  await makeDatabase(folder);
  return openCentreDatabase({ dataFolder: folder, url: databaseUrlOf(folder), onSlowStatement });
}

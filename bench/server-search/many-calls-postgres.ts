import { chmodSync, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import pg from 'pg';
import { type PostgresInstance, startPostgres } from '../../scripts/postgres-instance.mjs';
import { openPostgres } from '../../src-server/database/open-postgres';
import { slotOf, slotWord } from '../../src-server/database/search-postgres';
import { manyRows, peopleOfBench, rowsAtOnce, schema } from './many-rows';

export interface ManyCallsInPostgres {
  readonly instance: PostgresInstance;
  readonly url: string;
  readonly newestAt: number;
  readonly bytes: number;
}

/** Of a machine for a company's database; what is not there is the disk's work. */
const settings = {
  shared_buffers: '2GB',
  maintenance_work_mem: '1GB',
  max_wal_size: '8GB',
  effective_cache_size: '8GB',
};
/** Rows of one COPY, in files that PostgreSQL itself reads. */
const rowsPerFile = 10 * rowsAtOnce;
const tables = ['calls', 'call_records', 'call_record_terms'] as const;

/** Makes the database, or goes on where a run was ended; kept in a folder that the user of PostgreSQL can enter. */
export async function makeManyCallsInPostgres(rows: number, say: (line: string) => void): Promise<ManyCallsInPostgres> {
  const folder = join(process.env['BENCH_POSTGRES'] ?? '/var/tmp', `softphone-bench-postgres-${rows}-v${schema}`);
  const instance = await startPostgres({ folder, settings });
  const url = instance.url('postgres');
  await (await openPostgres({ url })).destroy();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const one = async (sql: string): Promise<number> => {
    const { rows: found } = await client.query<{ n: string | null }>(sql);
    return Number(found[0]?.n ?? 0);
  };
  const done = await one('SELECT max(version) AS n FROM call_records');
  if (done < rows) await fill(client, { folder, done, rows, say });
  const newestAt = await one('SELECT max(started_at) AS n FROM call_records');
  const bytes = await one('SELECT pg_database_size(current_database()) AS n');
  await client.end();
  return { instance, url, newestAt, bytes };
}

/** Indexes are made at the end: of many rows at once that is much quicker. */
async function fill(
  client: pg.Client,
  { folder, done, rows, say }: { folder: string; done: number; rows: number; say: (line: string) => void },
): Promise<void> {
  await client.query('SET session_replication_role = replica');
  await insertPeople(client);
  await client.query('CREATE TABLE IF NOT EXISTS bench_indexes (name text PRIMARY KEY, definition text NOT NULL)');
  await client.query(
    `INSERT INTO bench_indexes SELECT indexname, indexdef FROM pg_indexes
     WHERE tablename = ANY($1) AND indexname NOT LIKE '%_pkey' AND indexname <> 'call_records_by_version' ON CONFLICT DO NOTHING`,
    [tables],
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>('SELECT * FROM bench_indexes');
  for (const { name } of indexes) await client.query(`DROP INDEX IF EXISTS ${name}`);
  for (let from = done; from < rows; from += rowsPerFile) {
    await copy(client, folder, from, Math.min(rows, from + rowsPerFile));
    say(`server-search: ${Math.min(rows, from + rowsPerFile)} of ${rows} calls`);
  }
  for (const { name, definition } of indexes) {
    const began = Date.now();
    await client.query(definition);
    say(`server-search: ${name} in ${Math.round((Date.now() - began) / 1000)} s`);
  }
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
}

const asText = (value: string | number | null): string => (value === null ? '\\N' : String(value));
/** As an array in COPY's text: no word of the benchmark has a backslash. */
const asArray = (words: readonly string[]): string =>
  `{${words.map(word => `"${word.replaceAll('"', '\\\\"')}"`).join(',')}}`;

/** Three files and one transaction: a run that is ended between them has written nothing. */
async function copy(client: pg.Client, folder: string, from: number, until: number): Promise<void> {
  const files = join(folder, 'copy');
  mkdirSync(files, { recursive: true });
  const paths = tables.map(table => join(files, table));
  const streams = paths.map(path => createWriteStream(path, { mode: 0o644 }));
  const write = async (index: number, text: string): Promise<void> => {
    const stream = streams[index];
    if (stream !== undefined && !stream.write(text)) await once(stream, 'drain');
  };
  for (let block = from; block < until; block += rowsAtOnce) {
    const texts: [string[], string[], string[]] = [[], [], []];
    for (const { call, record, terms } of manyRows(block, Math.min(until, block + rowsAtOnce))) {
      texts[0].push(`${call[0]}\tinbound\t\t\t${call[1]}\t${call[2]}\n`);
      texts[1].push(`${record.map(asText).join('\t')}\n`);
      texts[2].push(`${record[0]}\t${asArray([...terms, slotWord(slotOf(record[0]))])}\n`);
    }
    for (const [index, lines] of texts.entries()) await write(index, lines.join(''));
  }
  await Promise.all(streams.map(stream => new Promise<void>(ended => void stream.end(() => ended()))));
  chmodSync(files, 0o755);
  await client.query('BEGIN');
  const columns = { calls: ' (id, direction, from_number, to_number, started_at, call_number)' } as Record<
    string,
    string
  >;
  for (const [index, table] of tables.entries())
    await client.query(`COPY ${table}${columns[table] ?? ''} FROM '${paths[index] ?? tmpdir()}'`);
  await client.query('COMMIT');
  rmSync(files, { recursive: true });
}

async function insertPeople(client: pg.Client): Promise<void> {
  await client.query(`INSERT INTO accounts VALUES ('a', 'Bench', '1', '1') ON CONFLICT DO NOTHING`);
  for (const person of peopleOfBench())
    await client.query(
      `INSERT INTO people (id, account_id, identifier, extension, display_name, role, password_hash)
       VALUES ($1, 'a', $2, $3, $4, 'agent', '') ON CONFLICT DO NOTHING`,
      person,
    );
}

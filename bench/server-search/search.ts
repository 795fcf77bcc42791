import { performance } from 'node:perf_hooks';
import { statSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { sql } from 'kysely';
import { callRecordQuery } from '../../src-shared/calls/call-record-query';
import type { RecordScope } from '../../src-server/calls/record-scope';
import { searchCallRecords } from '../../src-server/database/call-record-search';
import { openDatabase } from '../../src-server/database/open-database';
import { openPostgres } from '../../src-server/database/open-postgres';
import type { WritableDb } from '../../src-server/database/tables';
import { SeededRandom } from '../../src-server/demo/seeded-random';
import { compare, type Outcome, quantile } from '../compare';
import { makeManyCalls } from './many-calls';
import { makeManyCallsInPostgres } from './many-calls-postgres';

const all: RecordScope = { kind: 'all' };
interface Asked {
  readonly kind: string;
  readonly query: object;
  readonly scope: RecordScope;
  /** What the peer looks for: a part of name or number. */
  readonly like: string;
}

/** What people look for, each time something else. */
function asked(n: number, random: SeededRandom, newestAt: number): Asked {
  const digits = (count: number): string => String(random.between(0, 10 ** count - 1)).padStart(count, '0');
  const personId = `person-${random.between(0, 199)}`;
  const own: RecordScope = { kind: 'people', personIds: [personId], queueIds: [] };
  const team: RecordScope = {
    kind: 'people',
    personIds: Array.from({ length: 25 }, (_, index) => `person-${index * 7}`),
    queueIds: ['queue-1'],
  };
  const text = random.pick(['berlin', 'marton', 'zoxa', 'quivo', 'alice bel', 'xavier', 'grihu']);
  const week = { from: newestAt - 7 * 86_400_000 };
  const kinds: readonly Asked[] = [
    { kind: 'four digits', query: { text: digits(4) }, scope: all, like: digits(4) },
    { kind: 'seven digits', query: { number: digits(7) }, scope: all, like: digits(7) },
    { kind: 'a name', query: { text }, scope: all, like: text },
    { kind: 'one letter', query: { name: random.pick(['z', 'x', 'q', 'a']) }, scope: all, like: 'z' },
    { kind: 'nothing like it', query: { text: 'nobody at all' }, scope: all, like: 'nobody at all' },
    { kind: 'own, four digits', query: { text: digits(4) }, scope: own, like: digits(4) },
    { kind: 'own, a name', query: { text }, scope: own, like: text },
    { kind: 'own, busy', query: { disposition: 'busy', type: 'manual' }, scope: own, like: digits(3) },
    { kind: 'team, five digits', query: { text: digits(5) }, scope: team, like: digits(5) },
    { kind: 'a seldom cause', query: { cause: 'media-failed' }, scope: all, like: digits(3) },
    { kind: 'longer than 40 min', query: { longerThanSeconds: 2400 }, scope: team, like: digits(3) },
    { kind: 'a week, a queue, a name', query: { ...week, queueId: 'queue-3', name: text }, scope: all, like: text },
  ];
  return kinds[n % kinds.length] ?? { kind: 'all', query: {}, scope: all, like: '' };
}

interface Searched {
  readonly db: WritableDb;
  readonly newestAt: number;
  readonly bytes: number;
  /** Rows with this part of a name or number, as everybody would look for them. */
  readonly like: (part: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function inSqlite(rows: number, say: (line: string) => void): Promise<Searched> {
  const { file, newestAt } = makeManyCalls(rows, say);
  const db = openDatabase({ file });
  const peer = new SqliteDatabase(file, { readonly: true });
  const like = peer.prepare(
    'SELECT * FROM call_records WHERE remote_name LIKE ? OR remote_number LIKE ? ORDER BY id DESC LIMIT 51',
  );
  return {
    db,
    newestAt,
    bytes: statSync(file).size,
    like: async part => void like.all(`%${part}%`, `%${part}%`),
    close: async () => {
      peer.close();
      await db.destroy();
    },
  };
}

async function inPostgres(rows: number, say: (line: string) => void): Promise<Searched> {
  const { instance, url, newestAt, bytes } = await makeManyCallsInPostgres(rows, say);
  const db = await openPostgres({ url });
  return {
    db,
    newestAt,
    bytes,
    like: async part => {
      const any = `%${part}%`;
      await sql`SELECT * FROM call_records WHERE remote_name ILIKE ${any} OR remote_number LIKE ${any}
        ORDER BY id DESC LIMIT 51`.execute(db);
    },
    close: async () => {
      await db.destroy();
      await instance.stop();
    },
  };
}

/** The server's search over many calls, beside LIKE on the same rows in the same database; DATABASE=postgres: not SQLite. */
export async function serverSearchBenchmark(pairs: number, say: (line: string) => void): Promise<Outcome> {
  const rows = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
  const isPostgres = process.env['DATABASE'] === 'postgres';
  const { db, newestAt, bytes, like, close } = await (isPostgres ? inPostgres : inSqlite)(rows, say);
  const random = new SeededRandom(7);
  const measured: { kind: string; ours: number; peer: number }[] = [];
  for (let n = 0; n < pairs; n += 1) {
    const { kind, query, scope, like: part } = asked(n, random, newestAt);
    const began = performance.now();
    await searchCallRecords(db, { query: callRecordQuery.parse(query), scope, isMasked: false });
    const between = performance.now();
    await like(part);
    measured.push({ kind, ours: between - began, peer: performance.now() - between });
  }
  await close();
  for (const kind of new Set(measured.map(each => each.kind))) {
    const times = measured.filter(each => each.kind === kind).map(each => each.ours);
    say(`  ${kind.padEnd(26)} median ${quantile(times, 0.5).toFixed(1)} ms, most ${Math.max(...times).toFixed(1)} ms`);
  }
  const p95 = quantile(
    measured.map(each => each.ours),
    0.95,
  );
  say(`  ${rows} calls, ${Math.round(bytes / 1e6)} MB: p95 ${p95.toFixed(1)} ms`);
  return compare(
    [isPostgres ? 'server-search on PostgreSQL' : 'server-search', 'ms'],
    measured,
    { text: 'our p95 at most 50 ms', isMet: (_ratio, ours) => ours.p95 <= 50 },
    12,
  );
}

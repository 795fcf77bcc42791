import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecordScope } from '../../src-server/calls/record-scope';
import { callRecordList, callRecordPageSearch, searchCallRecords } from '../../src-server/database/call-record-search';
import { postgres } from '../../src-server/database/dialect';
import { wordsWithTime } from '../../src-server/database/migrations/0440-words-with-time';
import { slotOf, slotWord } from '../../src-server/database/search-postgres';
import { termsOf } from '../../src-server/database/search-terms';
import type { WritableDb } from '../../src-server/database/tables';
import { callRecordQuery } from '../../src-shared/calls/call-record-query';
import { aDatabase, startedAt } from '../unit/src-server/database/a-database';

/** More than are looked through before the index of words is asked. */
const rows = 160_000;
/** Over a hundred days: seven slots of time. */
const everyMs = 60_000;
const everybody: RecordScope = { kind: 'all' };
const alice: RecordScope = { kind: 'people', personIds: ['alice'], queueIds: [] };
/** How often each name is there, and where: in all of it, or only among the oldest. */
const names = [
  ['common', (n: number) => n % 10 === 1],
  ['medium', (n: number) => n % 1300 === 2],
  ['seldom', (n: number) => n % 20_000 === 3],
  ['bygone', (n: number) => n < 3000 && n % 10 === 4],
] as const;
const nameOf = (n: number): string => names.find(([, isThere]) => isThere(n))?.[0] ?? `other ${n % 7}`;

let db: WritableDb;
beforeAll(async () => {
  db = await aDatabase();
  await sql`INSERT INTO calls (id, direction, from_number, to_number, started_at, ended_at, call_number)
    SELECT 'c' || n, 'inbound', '', '', ${startedAt}::bigint + n * ${everyMs}::bigint, 0, n + 1 FROM generate_series(0, ${rows - 1}::bigint) AS n`.execute(
    db,
  );
  for (let from = 0; from < rows; from += 20_000) {
    const numbers = Array.from({ length: 20_000 }, (_, index) => from + index);
    const made = numbers.map(nameOf);
    await sql`INSERT INTO call_records SELECT (${startedAt}::bigint + n * ${everyMs}::bigint) * 8, 'c' || n,
        CASE WHEN n % 5 = 0 THEN 'alice' ELSE 'bruno' END, 'support', 'inbound', 0, 'answered', n::text, name,
        ${startedAt}::bigint + n * ${everyMs}::bigint, NULL, 0, 0, 'completed', NULL, name, n::text, n
      FROM unnest(${numbers}::bigint[], ${made}::text[]) AS made (n, name)`.execute(db);
    const terms = numbers.map((n, index) => termsOf({ nameKey: made[index] ?? '', numberKey: String(n) }).join('\n'));
    await sql`INSERT INTO call_record_terms SELECT (${startedAt}::bigint + n * ${everyMs}::bigint) * 8, string_to_array(words, E'\n')
      FROM unnest(${numbers}::bigint[], ${terms}::text[]) AS made (n, words)`.execute(db);
  }
  // They are as a database of before has them.
  await sql.raw(wordsWithTime.postgres ?? '').execute(db);
  await sql`ANALYZE`.execute(db);
}, 180_000);
afterAll(() => db.destroy());

const page = (query: object, scope: RecordScope = everybody) =>
  searchCallRecords(db, { query: callRecordQuery.parse({ limit: 400, ...query }), scope, isMasked: false });

/** Page after page, the numbers of the rows. */
async function everything(query: object, scope?: RecordScope): Promise<number[]> {
  const found: number[] = [];
  for (let cursor: string | undefined; ;) {
    const { rows: part, nextCursor } = await page({ ...query, cursor }, scope);
    found.push(...part.map(row => Number(row.remote_number)));
    if (nextCursor === null) return found;
    cursor = nextCursor;
  }
}

it.each(names.map(([name]) => name))('finds each row with “%s” once, newest or oldest first', async name => {
  const expected = Array.from({ length: rows }, (_, n) => n).filter(n => nameOf(n) === name);
  expect(await everything({ name, sortDirection: 'ascending' })).toEqual(expected);
  expect(await everything({ name })).toEqual(expected.toReversed());
  const own = expected.filter(n => n % 5 === 0).toReversed();
  expect(await everything({ name }, alice)).toEqual(own);
});

it('finds what is between two moments, and nothing beside it', async () => {
  const span = { from: startedAt + 40_000 * everyMs, to: startedAt + 100_000 * everyMs };
  const expected = Array.from({ length: 60_000 }, (_, n) => n + 40_000).filter(n => nameOf(n) === 'medium');
  expect(await everything({ ...span, name: 'medium' })).toEqual(expected.toReversed());
  expect(await everything({ ...span, name: 'bygone' })).toEqual([]);
});

it('each row has the word of its time, as the rows of before got it', async () => {
  const { rows: some } = await sql<{ rowid: number; terms: string[] }>`
    SELECT rowid, terms FROM call_record_terms WHERE rowid % 977 = 0`.execute(db);
  expect(new Set(some.map(({ rowid }) => slotOf(rowid))).size).toBeGreaterThan(6);
  for (const { rowid, terms } of some)
    expect(terms.filter(term => term.startsWith('in=='))).toEqual([slotWord(slotOf(rowid))]);
});

it('sorts by a column, and refuses where there is too much', async () => {
  const { rows: found } = await page({ name: 'seldom', sortBy: 'remoteNumber', sortDirection: 'ascending' });
  const texts = found.map(row => row.remote_number);
  expect(texts).toEqual(texts.toSorted());
  expect(texts).toHaveLength(8);
  await expect(page({ name: 'common', sortBy: 'durationMs' })).rejects.toMatchObject({ code: 'search/too-many' });
});

it('goes to the rows by the index that it means', async () => {
  const planOf = async (query: object, scope: RecordScope = everybody): Promise<string> => {
    const how = callRecordPageSearch({ query: callRecordQuery.parse(query), scope, isMasked: false }, postgres);
    if (how === null) throw new Error('nothing is asked');
    const { sortKey: _none, ...search } = how;
    const found = postgres.found({ ...search, list: callRecordList, place: { id: 1e15, key: null }, limit: 51 });
    const { rows: lines } = await sql<Record<string, string>>`EXPLAIN ${found}`.execute(db);
    return lines.map(line => Object.values(line)[0]).join('\n');
  };
  expect(await planOf({ name: 'seldom' })).toContain('call_record_terms_found');
  expect(await planOf({ name: 'seldom' }, alice)).toContain('call_records_of_person');
  expect(await planOf({})).toContain('call_records_pkey');
  for (const scope of [everybody, alice]) expect(await planOf({ name: 'seldom' }, scope)).not.toContain('Seq Scan');
});

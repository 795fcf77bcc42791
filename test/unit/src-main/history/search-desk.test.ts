import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { CallRecordFilters } from '../../../../src-shared/calls/call-record-query';
import type { CallRecord } from '../../../../src-shared/calls/call-record';
import type { FoundView, Search } from '../../../../src-shared/ipc/record-search';
import {
  callRecordColumn,
  callRecordsAt,
  upsertCallRecords,
  wantedCallRecords,
} from '../../../../src-main/cache/call-record-table';
import { keepSpan } from '../../../../src-main/cache/kept-span-table';
import { openCache, type CacheDb } from '../../../../src-main/cache/open-cache';
import { KeptRows } from '../../../../src-main/history/kept-rows';
import { SearchDesk } from '../../../../src-main/history/search-desk';
import { aCallRecord, manyCallRecords, noon } from '../../../builders/a-call-record';
import { QuietLogger } from '../../../fakes/quiet-logger';

let db: CacheDb;
let kept: KeptRows<CallRecord>;
let desk: SearchDesk<CallRecordFilters, CallRecord>;
let isOnline: boolean;
/** What the centre has, newest first. */
let atCentre: CallRecord[];
let asked: { readonly before: number | null; readonly limit: number }[];
let isDown: boolean;
let told: FoundView<CallRecord>[];

beforeEach(() => {
  db = openCache(':memory:', new QuietLogger()).db;
  [isOnline, isDown, atCentre, asked, told] = [true, false, [], [], []];
  const upsert = (owner: string, rows: readonly CallRecord[]): void => upsertCallRecords(db, owner, rows);
  const never = (): Promise<never> => new Promise(() => undefined);
  const server = { page: never, changes: never };
  const common = { db, upsert, log: new QuietLogger() };
  kept = new KeptRows({ ...common, kind: 'records', table: 'call_records', server, now: () => noon });
  kept.begin('me');
  desk = new SearchDesk<CallRecordFilters, CallRecord>({
    ...common,
    kept,
    wantedOf: wantedCallRecords,
    columnOf: sortBy => callRecordColumn[sortBy as keyof typeof callRecordColumn],
    rowsAt: keys => callRecordsAt(db, keys),
    durationOf: keys => keys.length * 1000,
    askServer: async (_filters, before, limit) => {
      if (isDown) throw new AppError('server/unreachable');
      asked.push({ before, limit });
      const older = atCentre.filter(({ startedAt }) => before === null || startedAt < before);
      return { rows: older.slice(0, limit), hasMore: older.length > limit };
    },
    isOnline: () => isOnline,
  });
  desk.news.hear(view => told.push(view));
});

const here = (rows: readonly CallRecord[]): void => upsertCallRecords(db, 'me', rows);
const hereIsAll = (): void =>
  keepSpan(db, 'me', 'records', { cursor: 'c', completeFrom: 0, isFilled: true, hasAll: true });
const search = (part: Partial<Search<CallRecordFilters>> = {}) =>
  desk.search({ searchId: 's', filters: {}, sortBy: 'startedAt', sortDirection: 'descending', ...part });
const last = (): FoundView<CallRecord> | undefined => told.at(-1);
const everything = async (searchId = 's'): Promise<string[]> => {
  const ids: string[] = [];
  for await (const some of desk.all(searchId) ?? []) ids.push(...some.map(({ id }) => id));
  return ids;
};

describe('a search', () => {
  it('answers with what is here, and counts the rest beside', async () => {
    here(manyCallRecords(9000, noon));
    hereIsAll();
    const first = await search();
    expect([first.rows.length, first.older, first.rows[0]?.startedAt]).toEqual([50, 'none', noon]);
    await vi.waitUntil(() => last()?.isCounting === false);
    expect(last()).toMatchObject({ count: 9000, durationMs: 9_000_000, isOffline: false });
  });

  it('is completed by the server where it may have more', async () => {
    atCentre = manyCallRecords(30, noon);
    const first = await search();
    expect([first.count, first.older]).toEqual([0, 'server']);
    await vi.waitUntil(() => last()?.count === 30);
    expect(last()?.older).toBe('none');
  });

  it('goes on without a server: what is here is shown, and that there may be more', async () => {
    here(manyCallRecords(20, noon));
    isOnline = false;
    expect(await search()).toMatchObject({ count: 20, older: 'unreachable', isOffline: true });
    [isOnline, isDown] = [true, true];
    expect(await search({ searchId: 'again' })).toMatchObject({ count: 20, older: 'server' });
    await vi.waitUntil(() => last()?.older === 'unreachable');
    await expect(desk.more('again')).rejects.toMatchObject({ code: 'server/unreachable' });
    isDown = false;
    expect(await desk.more('again')).toMatchObject({ older: 'none' });
  });

  it('counts no more once a newer one is asked; what comes late is not shown', async () => {
    atCentre = manyCallRecords(5, noon);
    await search({ searchId: 'old', filters: { text: 'roux' } });
    await search({ searchId: 'new', filters: { text: 'nobody' } });
    await vi.waitUntil(() => last()?.older === 'none');
    expect(told.every(({ searchId }) => searchId === 'new')).toBe(true);
    expect(await desk.more('old')).toBeNull();
    // It is seen until the newest is answered; after another one it is no more.
    await search({ searchId: 'newest', filters: { text: 'nobody' } });
    expect([await desk.rows('old', 0, 10), desk.countOf('old')]).toEqual([[], 0]);
  });

  it('is no more, nor the one before it, once what is kept is kept under another name', async () => {
    here(manyCallRecords(5, noon));
    await search({ searchId: 'before' });
    await search({ searchId: 'newest' });
    kept.begin('me masked');
    for (const id of ['before', 'newest'])
      expect([await desk.rows(id, 0, 5), desk.all(id), desk.filtersOf(id)]).toEqual([[], null, null]);
  });

  it('is nobody’s after the end of the session', async () => {
    here(manyCallRecords(5, noon));
    await search();
    [kept, desk].forEach(each => each.end());
    expect(await desk.rows('s', 0, 5)).toEqual([]);
    await expect(search()).rejects.toMatchObject({ code: 'sign-in/not-signed-in' });
  });

  it('by a column sorts more than ten thousand in turns, as it sorts some', async () => {
    const named = (row: CallRecord, n: number): CallRecord => ({
      ...row,
      remoteName: n % 50 === 0 ? null : n % 3 === 0 ? (row.remoteName ?? '').toUpperCase() : row.remoteName,
    });
    here(manyCallRecords(12_345, noon).map(named));
    hereIsAll();
    for (const sortDirection of ['ascending', 'descending'] as const) {
      const byName = { sortBy: 'remoteName', sortDirection } as const;
      const first = await search({ ...byName, searchId: sortDirection });
      expect(first).toMatchObject({ count: 0, isCounting: true });
      await vi.waitUntil(() => last()?.searchId === sortDirection && last()?.isCounting === false);
      const order = sortDirection === 'ascending' ? 'ASC' : 'DESC';
      const expected = db
        .prepare<[], string>(
          `SELECT id FROM call_records ORDER BY remote_name IS NULL, remote_name COLLATE NOCASE ${order}, key DESC`,
        )
        .pluck()
        .all();
      expect(await everything(sortDirection)).toEqual(expected);
      expect(await search({ ...byName, filters: { disposition: 'busy' } })).toMatchObject({ isCounting: false });
    }
  });
});

describe('older ones', () => {
  it('follow page by page, none twice and none left out, also where many began together', async () => {
    atCentre = Array.from({ length: 900 }, (_none, n) => aCallRecord(`r${n}`, noon - Math.floor(n / 90)));
    await search();
    await vi.waitUntil(() => last()?.count === 50);
    for (let turn = 0; turn < 20 && (await desk.more('s'))?.older === 'server'; turn += 1);
    const ids = await everything();
    expect([ids.length, new Set(ids).size]).toEqual([900, 900]);
  });

  it('of a list by a column are those before the oldest, not before the last of the list', async () => {
    here(manyCallRecords(30, noon).map((row, n) => ({ ...row, agentName: `Agent ${String(n).padStart(2, '0')}` })));
    const first = await search({ sortBy: 'agentName', sortDirection: 'descending' });
    expect(first.rows.at(-1)?.startedAt).toBe(noon);
    await vi.waitUntil(() => told.length > 0);
    asked.length = 0;
    atCentre = manyCallRecords(60, noon);
    await search({ searchId: 't', sortBy: 'agentName', sortDirection: 'descending' });
    await vi.waitUntil(() => asked.length === 1 && last()?.searchId === 't');
    await desk.more('t');
    expect(asked.at(-1)?.before).toBeLessThanOrEqual(noon - 29 * 30_000 + 1);
  });
});

describe('the place that somebody scrolled to', () => {
  it('does not jump when something is kept beside: the list is never shorter than before', async () => {
    here(manyCallRecords(8000, noon));
    hereIsAll();
    await search();
    await vi.waitUntil(() => last()?.isCounting === false);
    told.length = 0;
    here([aCallRecord('new', noon + 1)]);
    kept.changes.announce();
    const [meanwhile] = await desk.rows('s', 7900, 1);
    expect(meanwhile).not.toBeUndefined();
    await vi.waitUntil(() => last()?.count === 8001 && !last()?.isCounting);
    expect(told.map(({ count }) => count).filter(count => count < 8000)).toEqual([]);
    expect(last()?.rows[0]?.id).toBe('new');
  });

  it('shows what came in the end, however often something is kept', async () => {
    here(manyCallRecords(6000, noon));
    hereIsAll();
    await search();
    for (let n = 0; n < 30; n += 1) {
      here([aCallRecord(`new-${n}`, noon + 1 + n)]);
      kept.changes.announce();
      await new Promise(done => setImmediate(done));
    }
    await vi.waitUntil(() => last()?.count === 6030 && !last()?.isCounting);
    expect(last()?.rows[0]?.id).toBe('new-29');
  });
});

describe('everything that was found', () => {
  it('is all of it, also when another search is asked meanwhile', async () => {
    atCentre = manyCallRecords(2300, noon);
    here(atCentre.slice(0, 700));
    await search();
    const ids: string[] = [];
    const all = desk.all('s');
    // The centre is asked before a row is taken, and meanwhile somebody types.
    await search({ searchId: 'another', filters: { text: 'nobody at all' } });
    await search({ searchId: 'a third', filters: { text: 'nobody at all' } });
    expect(desk.all('s')).toBeNull();
    for await (const some of all ?? []) {
      ids.push(...some.map(({ id }) => id));
      here([aCallRecord(`new-${ids.length}`, noon + ids.length)]);
      kept.changes.announce();
    }
    expect([ids.length, new Set(ids).size]).toEqual([2300, 2300]);
  });

  it('is not given in part: a server that goes away ends it with a reason', async () => {
    here(manyCallRecords(100, noon));
    await search();
    isDown = true;
    await expect(everything()).rejects.toMatchObject({ code: 'server/unreachable' });
    isOnline = false;
    await expect(everything()).rejects.toMatchObject({ code: 'server/unreachable' });
  });

  it('is in the order of the list', async () => {
    here(manyCallRecords(1200, noon));
    hereIsAll();
    await search({ sortBy: 'startedAt', sortDirection: 'ascending' });
    const ids = await everything();
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([1200, `r${noon}-1199`, `r${noon}-0`]);
  });
});

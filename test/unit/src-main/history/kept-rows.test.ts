import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { CallRecord } from '../../../../src-shared/calls/call-record';
import { upsertCallRecords } from '../../../../src-main/cache/call-record-table';
import { keptSpan } from '../../../../src-main/cache/kept-span-table';
import { openCache, type CacheDb } from '../../../../src-main/cache/open-cache';
import { KeptRows, type RowsOfServer } from '../../../../src-main/history/kept-rows';
import { aCallRecord, manyCallRecords, noon } from '../../../builders/a-call-record';
import { QuietLogger } from '../../../fakes/quiet-logger';

/** The centre's side: its records newest first, and what changed since. */
class FakeCentre implements RowsOfServer<CallRecord> {
  readonly asked: (number | null)[] = [];
  /** Pages that are answered before the line breaks. */
  pagesLeft = Number.POSITIVE_INFINITY;
  changed: CallRecord[] = [];
  removed: string[] = [];
  isReset = false;
  constructor(public records: readonly CallRecord[]) {}

  page = async (before: number | null, limit: number) => {
    if (this.pagesLeft <= 0) throw new AppError('server/unreachable');
    this.pagesLeft -= 1;
    this.asked.push(before);
    const older = before === null ? this.records : this.records.filter(({ startedAt }) => startedAt < before);
    return { rows: older.slice(0, limit), hasMore: older.length > limit };
  };

  changes = async () => {
    const { isReset } = this;
    this.isReset = false;
    const told = { rows: this.changed, removedIds: this.removed, nextCursor: 'c', hasMore: false, isReset };
    [this.changed, this.removed] = [[], []];
    return told;
  };
}

const openDb = (): CacheDb => openCache(':memory:', new QuietLogger()).db;
function aKept(db: CacheDb, server: FakeCentre, { now = noon, mostRows }: { now?: number; mostRows?: number } = {}) {
  return new KeptRows<CallRecord>({
    db,
    kind: 'records',
    table: 'call_records',
    server,
    upsert: (owner, rows) => upsertCallRecords(db, owner, rows),
    now: () => now,
    log: new QuietLogger(),
    ...(mostRows === undefined ? {} : { mostRows }),
  });
}
const countIn = (db: CacheDb): number =>
  db.prepare<[], number>("SELECT count(*) FROM call_records WHERE owner = 'me'").pluck().get() ?? 0;

describe('the newest months on this computer', () => {
  it('come newest first, until there is nothing older', async () => {
    const [db, server] = [openDb(), new FakeCentre(manyCallRecords(1200, noon))];
    const kept = aKept(db, server);
    kept.begin('me');
    await kept.refresh();
    expect(countIn(db)).toBe(1200);
    expect(kept.span).toMatchObject({ isFilled: true, hasAll: true, completeFrom: 0 });
  });

  it('are gone on with where they were interrupted, not taken for whole', async () => {
    const [db, server] = [openDb(), new FakeCentre(manyCallRecords(2200, noon))];
    server.pagesLeft = 2;
    const first = aKept(db, server);
    first.begin('me');
    await first.refresh();
    expect([countIn(db) < 2200, first.span?.isFilled]).toEqual([true, false]);
    server.pagesLeft = Number.POSITIVE_INFINITY;
    server.asked.length = 0;
    const second = aKept(db, server);
    second.begin('me');
    await second.refresh();
    expect(countIn(db)).toBe(2200);
    expect(second.span).toMatchObject({ isFilled: true, hasAll: true });
    expect(server.asked[0]).not.toBeNull();
  });

  it('come also to a computer whose clock is behind', async () => {
    const [db, server] = [openDb(), new FakeCentre(manyCallRecords(1200, noon))];
    const kept = aKept(db, server, { now: noon - 30 * 24 * 3_600_000 });
    kept.begin('me');
    await kept.refresh();
    expect([countIn(db), kept.span?.hasAll]).toEqual([1200, true]);
  });

  it('end after three months, and say from where on nothing is missing', async () => {
    const day = 24 * 3_600_000;
    const [db, server] = [openDb(), new FakeCentre(manyCallRecords(1500, noon, day / 10))];
    const kept = aKept(db, server);
    kept.begin('me');
    await kept.refresh();
    expect(countIn(db)).toBe(999); // two pages, of which the second begins with the last of the first
    expect(kept.span).toMatchObject({ isFilled: true, hasAll: false });
    expect(kept.span?.completeFrom).toBeLessThan(noon - 92 * day);
  });

  it('are no more than so many: the oldest go, and are said to be on the server only', async () => {
    const [db, server] = [openDb(), new FakeCentre(manyCallRecords(900, noon))];
    const kept = aKept(db, server, { mostRows: 600 });
    kept.begin('me');
    await kept.refresh();
    expect(countIn(db)).toBe(600);
    expect(kept.span).toMatchObject({ hasAll: false, completeFrom: noon - 600 * 30_000 + 1 });
    server.changed = [aCallRecord('new', noon + 1)];
    await kept.refresh();
    expect(countIn(db)).toBe(600);
    expect(db.prepare("SELECT 1 FROM call_records WHERE id = 'new'").get()).toBeDefined();
  });

  it('do not ask for ever where more began in one millisecond than a page holds', async () => {
    const rows = Array.from({ length: 700 }, (_none, n) => aCallRecord(`r${n}`, noon));
    const [db, server] = [openDb(), new FakeCentre(rows)];
    const kept = aKept(db, server);
    kept.begin('me');
    await kept.refresh();
    expect(server.asked.length).toBeLessThan(4);
    expect(kept.span).toMatchObject({ isFilled: true, hasAll: false, completeFrom: noon + 1 });
  });

  it('follow what changes and what goes, and begin anew when the server says so', async () => {
    const [db, server] = [openDb(), new FakeCentre(manyCallRecords(20, noon))];
    const kept = aKept(db, server);
    kept.begin('me');
    await kept.refresh();
    server.changed = [aCallRecord('new', noon + 1)];
    server.removed = [server.records[0]?.id ?? ''];
    await kept.refresh();
    expect(countIn(db)).toBe(20);
    [server.isReset, server.records] = [true, manyCallRecords(7, noon + 99)];
    await kept.refresh();
    expect([countIn(db), kept.span?.hasAll]).toEqual([7, true]);
  });

  it('are written no more once the person has gone', async () => {
    const [db, server] = [openDb(), new FakeCentre(manyCallRecords(400, noon))];
    const kept = aKept(db, server);
    kept.begin('me');
    const refreshed = kept.refresh();
    kept.end();
    await refreshed;
    expect([countIn(db), keptSpan(db, 'me', 'records')]).toEqual([0, null]);
  });

  it('keep nothing else waiting: 50,000 come in pieces of some milliseconds', async () => {
    const rows = manyCallRecords(50_000, noon);
    const db = openDb();
    const server = new FakeCentre(rows);
    // What the fake has to compute is none of ours.
    server.page = async before => {
      const first = before === null ? 0 : Math.max(0, Math.ceil((noon - before + 1) / 30_000));
      return { rows: rows.slice(first, first + 500), hasMore: first + 500 < rows.length };
    };
    const kept = aKept(db, server);
    const pieces: number[] = [];
    let isOver = false;
    let cpu = process.cpuUsage();
    const measure = (): void => {
      const { user, system } = process.cpuUsage(cpu);
      pieces.push((user + system) / 1000);
      cpu = process.cpuUsage();
      if (!isOver) setImmediate(measure);
    };
    setImmediate(measure);
    kept.begin('me');
    await kept.refresh();
    isOver = true;
    expect(countIn(db)).toBe(50_000);
    // Of the processor's time, because other programs run beside; the very slowest hold the garbage collection of the test's own rows.
    const slowest = pieces.toSorted((a, b) => b - a);
    expect(slowest.length).toBeGreaterThan(1250);
    expect(slowest[3]).toBeLessThan(50);
    expect(slowest[Math.floor(slowest.length / 10)]).toBeLessThan(20);
  }, 60_000);
});

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecentCall } from '../../../../src-shared/server-api/rest-routes';
import { forgetOldCalls, lastNameOf, newestCalls, upsertCalls } from '../../../../src-main/cache/call-table';
import { cacheMigrations } from '../../../../src-main/cache/migrations/index';
import { openCache } from '../../../../src-main/cache/open-cache';
import { CallJournal } from '../../../../src-main/history/call-journal';
import { QuietLogger } from '../../../fakes/quiet-logger';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cache-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (): string => join(folder, 'cache.db');
const recent = (callId: string, startedAt: number, part: Partial<RecentCall> = {}): RecentCall => ({
  callId,
  direction: 'inbound',
  remoteNumber: '+33145550101',
  remoteName: 'Camille Roux',
  queueName: 'Support',
  startedAt,
  answeredAt: startedAt + 5,
  endedAt: startedAt + 50,
  endCause: 'completed',
  missedCause: null,
  hasRecording: true,
  ...part,
});

describe('opening the cache', () => {
  it('makes a fresh one that only its owner can read', () => {
    const { db, wasReset } = openCache(file(), new QuietLogger());
    expect(wasReset).toBeNull();
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    db.close();
  });

  it('keeps what is in a good one', () => {
    const first = openCache(file(), new QuietLogger());
    upsertCalls(first.db, 'me', [recent('a', 1)]);
    first.db.close();
    const second = openCache(file(), new QuietLogger());
    expect([second.wasReset, newestCalls(second.db, 'me', 10).length]).toEqual([null, 1]);
    second.db.close();
  });

  it.each<[string, () => Buffer | string]>([
    ['rubbish', () => 'this is no database, it is a letter '.repeat(200)],
    ['a torn file', () => tornDatabase()],
  ])('sets %s aside, untouched, and starts anew', (_name, content) => {
    const before = Buffer.from(content());
    writeFileSync(file(), before);
    const { db, wasReset } = openCache(file(), new QuietLogger());
    expect(wasReset).toBe('cache/corrupt');
    expect(newestCalls(db, 'me', 10)).toEqual([]);
    expect(readFileSync(`${file()}.corrupt`).equals(before)).toBe(true);
    db.close();
  });

  it('reads a large one only when the former run did not close it', () => {
    const { db } = openCache(file(), new QuietLogger());
    db.exec('CREATE TABLE large (piece BLOB)');
    db.prepare('INSERT INTO large VALUES (zeroblob(?))').run(65 * 1024 * 1024);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const bytes = readFileSync(file());
    bytes.fill(0xff, 8_192, 24_576);
    writeFileSync(file(), bytes);
    const closed = openCache(file(), new QuietLogger());
    expect(closed.wasReset).toBeNull();
    closed.db.close();
    writeFileSync(`${file()}-wal`, '');
    const crashed = openCache(file(), new QuietLogger());
    expect(crashed.wasReset).toBe('cache/corrupt');
    crashed.db.close();
  });

  it('sets a newer one aside by name', () => {
    const newer = new Database(file());
    newer.pragma('user_version = 9990');
    newer.close();
    const { db, wasReset } = openCache(file(), new QuietLogger());
    expect(wasReset).toBe('cache/from-newer-version');
    expect(existsSync(`${file()}.newer`)).toBe(true);
    expect(db.pragma('user_version', { simple: true })).toBe(cacheMigrations.at(-1)?.number);
    db.close();
  });

  /** A good database whose middle was overwritten. */
  function tornDatabase(): Buffer {
    const path = join(folder, 'torn.db');
    const { db } = openCache(path, new QuietLogger());
    upsertCalls(
      db,
      'me',
      Array.from({ length: 2_000 }, (_none, n) => recent(`call-${n}`, n)),
    );
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 8_192, 24_576);
    return bytes;
  }
});

describe('recent calls in the cache', () => {
  const open = () => openCache(':memory:', new QuietLogger()).db;

  it('are read newest first, page by page, without doubles when times are equal', () => {
    const db = open();
    upsertCalls(db, 'me', [recent('a', 1), recent('b', 2), recent('c', 2), recent('d', 3)]);
    const first = newestCalls(db, 'me', 2);
    const last = first.at(-1);
    const second = newestCalls(db, 'me', 2, last ? { startedAt: last.startedAt, callId: last.callId } : null);
    expect([...first, ...second].map(({ callId }) => callId)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('come out as they went in, and replace what was known', () => {
    const db = open();
    const running = recent('a', 1, {
      answeredAt: null,
      endedAt: null,
      endCause: null,
      missedCause: null,
      hasRecording: false,
      queueName: null,
    });
    upsertCalls(db, 'me', [running]);
    expect(newestCalls(db, 'me', 5)).toEqual([running]);
    upsertCalls(db, 'me', [recent('a', 1)]);
    expect(newestCalls(db, 'me', 5)).toEqual([recent('a', 1)]);
  });

  it('are never seen by another person at the same desk', () => {
    const db = open();
    upsertCalls(db, 'me', [recent('a', 1)]);
    expect(newestCalls(db, 'you', 5)).toEqual([]);
    expect(lastNameOf(db, 'you', '+33145550101')).toBeNull();
  });

  it('know the last name of a number', () => {
    const db = open();
    upsertCalls(db, 'me', [
      recent('a', 1, { remoteName: 'Old' }),
      recent('b', 2, { remoteName: 'New' }),
      recent('c', 3, { remoteName: null }),
    ]);
    expect(lastNameOf(db, 'me', '+33145550101')).toBe('New');
    expect(lastNameOf(db, 'me', '404')).toBeNull();
  });

  it('forget the oldest', () => {
    const db = open();
    upsertCalls(db, 'me', [recent('a', 1), recent('b', 2), recent('c', 3)]);
    upsertCalls(db, 'you', [recent('z', 0)]);
    forgetOldCalls(db, 'me', 2);
    expect(newestCalls(db, 'me', 9).map(({ callId }) => callId)).toEqual(['c', 'b']);
    expect(newestCalls(db, 'you', 9)).toHaveLength(1);
  });

  it('are found by an index, not by reading everything', () => {
    const plan = open()
      .prepare(
        'EXPLAIN QUERY PLAN SELECT * FROM calls WHERE owner = ? AND (started_at, call_id) < (?, ?) ORDER BY started_at DESC, call_id DESC LIMIT ?',
      )
      .all('me', 1, '', 1);
    expect(JSON.stringify(plan)).toContain('calls_newest');
    expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
  });
});

describe('call journal', () => {
  it('shows the cache at once, then what the server says, then what it pushes', async () => {
    const { db } = openCache(':memory:', new QuietLogger());
    upsertCalls(db, 'me', [recent('cached', 1)]);
    const journal = new CallJournal(
      db,
      async () => [recent('fetched', 2)],
      () => 20,
    );
    const shown: string[] = [];
    journal.changes.hear(calls => shown.push(calls.map(({ callId }) => callId).join()));
    journal.begin('me');
    await journal.refresh();
    journal.journalled(recent('pushed', 3));
    journal.end();
    expect(shown).toEqual(['cached', 'fetched,cached', 'pushed,fetched,cached', '']);
  });

  it('shows as many as are wanted, and asks for those it does not know', async () => {
    const { db } = openCache(':memory:', new QuietLogger());
    let wanted = 10;
    const asked: number[] = [];
    const fetch = async (limit: number): Promise<RecentCall[]> => {
      asked.push(limit);
      return Array.from({ length: limit }, (_none, n) => recent(`call-${n}`, n));
    };
    const journal = new CallJournal(db, fetch, () => wanted);
    journal.begin('me');
    await journal.refresh();
    expect(journal.calls).toHaveLength(10);
    wanted = 20;
    await journal.resize();
    expect([journal.calls.length, asked]).toEqual([20, [50]]);
    wanted = 200;
    await journal.resize();
    expect([journal.calls.length, asked]).toEqual([200, [50, 200]]);
    wanted = 10;
    await journal.resize();
    expect([journal.calls.length, asked]).toEqual([10, [50, 200]]);
  });

  it('names nobody by a number of which digits are hidden: several people share what is left of it', async () => {
    const { db } = openCache(':memory:', new QuietLogger());
    const journal = new CallJournal(
      db,
      async () => [],
      () => 20,
    );
    journal.begin('me');
    journal.journalled(recent('a', 1));
    journal.journalled(recent('b', 2, { remoteNumber: '+3314555••••' }));
    expect(await journal.nameOf('+33145550101')).toBe('Camille Roux');
    expect(await journal.nameOf('+3314555••••')).toBeNull();
  });

  it('keeps why a call was missed', () => {
    const { db } = openCache(':memory:', new QuietLogger());
    upsertCalls(db, 'me', [recent('a', 1, { missedCause: 'line-lost' })]);
    upsertCalls(db, 'me', [recent('b', 2, { missedCause: 'declined' })]);
    upsertCalls(db, 'me', [recent('b', 2, { missedCause: null })]);
    expect(newestCalls(db, 'me', 5).map(({ missedCause }) => missedCause)).toEqual([null, 'line-lost']);
  });

  it('throws away an answer that comes after sign-out', async () => {
    const { db } = openCache(':memory:', new QuietLogger());
    let answer: (calls: RecentCall[]) => void = () => undefined;
    const journal = new CallJournal(
      db,
      () => new Promise(done => (answer = done)),
      () => 20,
    );
    journal.begin('me');
    const refreshed = journal.refresh();
    journal.end();
    answer([recent('a', 1)]);
    await refreshed;
    expect([journal.calls, newestCalls(db, 'me', 5)]).toEqual([[], []]);
  });
});

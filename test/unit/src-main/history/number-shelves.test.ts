import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { upsertCallRecords } from '../../../../src-main/cache/call-record-table';
import { newestCalls, upsertCalls } from '../../../../src-main/cache/call-table';
import { keepSpan, keptSpan } from '../../../../src-main/cache/kept-span-table';
import { openCache, type CacheDb } from '../../../../src-main/cache/open-cache';
import { NumberShelves } from '../../../../src-main/history/number-shelves';
import { aCallRecord } from '../../../builders/a-call-record';
import { QuietLogger } from '../../../fakes/quiet-logger';

const clear = '+33145550142';
let folder: string;
let db: CacheDb;
let names: string[];
let shelves: NumberShelves;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'number-shelves-'));
  ({ db } = openCache(join(folder, 'cache.db'), new QuietLogger()));
  names = [];
  shelves = new NumberShelves({ db, begin: name => names.push(name), log: new QuietLogger() });
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const recent = {
  callId: 'c1',
  direction: 'inbound',
  remoteNumber: clear,
  remoteName: null,
  queueName: 'Support',
  startedAt: 1,
  answeredAt: 2,
  endedAt: 3,
  endCause: 'completed',
  missedCause: null,
  hasRecording: false,
} as const;
function keep(owner: string): void {
  upsertCalls(db, owner, [recent]);
  upsertCallRecords(db, owner, [aCallRecord('r1', 1_000, { remoteNumber: clear })]);
  keepSpan(db, owner, 'records', { cursor: 'c', completeFrom: 0, isFilled: true, hasAll: true });
}
const everythingOnDisk = (): string =>
  ['cache.db', 'cache.db-wal'].map(name => readFileSync(join(folder, name), 'latin1')).join('');

describe('what is kept of the past', () => {
  it('with whole numbers is wiped from the disk as soon as the policy hides them', async () => {
    keep('me');
    keep('somebody else');
    expect(everythingOnDisk()).toContain(clear);
    shelves.begin('me');
    shelves.policyTold('full');
    expect(names).toEqual(['me']);
    shelves.policyTold('masked');
    expect(names).toEqual(['me', 'me masked']);
    await shelves.wiped();
    expect(newestCalls(db, 'me', 10)).toEqual([]);
    expect(keptSpan(db, 'me', 'records')).toBeNull();
    expect(db.prepare("SELECT count(*) FROM call_records_text WHERE call_records_text MATCH '142'").pluck().get()).toBe(
      1,
    );
    shelves.begin('somebody else');
    shelves.policyTold('masked');
    await shelves.wiped();
    expect(everythingOnDisk()).not.toMatch(/145550142|55 ?01 ?42/);
  });

  it('with hidden numbers is there at once at the next sign-in, and gone when they are shown again', async () => {
    upsertCalls(db, 'me masked', [{ ...recent, remoteNumber: '+33145••••' }]);
    shelves.begin('me');
    expect(names).toEqual(['me masked']);
    shelves.policyTold('masked');
    await shelves.wiped();
    expect(newestCalls(db, 'me masked', 10)).toHaveLength(1);
    shelves.policyTold('full');
    await shelves.wiped();
    expect(names).toEqual(['me masked', 'me']);
    expect(newestCalls(db, 'me masked', 10)).toEqual([]);
  });

  it('is not touched by a policy that comes after the sign-out', () => {
    keep('me');
    shelves.begin('me');
    shelves.end();
    shelves.policyTold('masked');
    expect(newestCalls(db, 'me', 10)).toHaveLength(1);
  });
});

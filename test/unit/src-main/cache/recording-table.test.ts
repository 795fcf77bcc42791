import { describe, expect, it } from 'vitest';
import type { RecordingFilters } from '../../../../src-shared/recordings/recording-query';
import { openCache, type CacheDb } from '../../../../src-main/cache/open-cache';
import {
  durationOf,
  recordingColumn,
  recordingOf,
  recordingsAt,
  upsertRecordings,
  wantedRecordings,
} from '../../../../src-main/cache/recording-table';
import { beyondAll, keysLookedAt, keysSql, sortedKeys } from '../../../../src-main/cache/search-table';
import { FoundRows } from '../../../../src-main/history/found-rows';
import { aRecording, noon } from '../../../builders/a-call-record';
import { QuietLogger } from '../../../fakes/quiet-logger';

const bruno = { personId: 'bruno', name: 'Bruno Petit', initials: 'BP', extension: '1002' };
function filled(): CacheDb {
  const { db } = openCache(':memory:', new QuietLogger());
  upsertRecordings(db, 'me', [
    aRecording('a', noon, { remoteName: 'Zoé Müller', qaScore: 90, durationMs: 5000, callNumber: 7 }),
    aRecording('b', noon + 1, { remoteNumber: '59634602', agents: [bruno], type: 'manual', account: null }),
    aRecording('c', noon + 2, { remoteName: null, qaScore: 40, agents: [...aRecording('x', 0).agents, bruno] }),
  ]);
  upsertRecordings(db, 'you', [aRecording('d', noon)]);
  return db;
}
const idsAt = (db: CacheDb, keys: readonly number[]): string =>
  recordingsAt(db, keys)
    .map(each => each?.id ?? 'gone')
    .join(' ');

describe('recordings on this computer', () => {
  it.each<[RecordingFilters, string]>([
    [{}, 'c b a'],
    [{ text: 'muller' }, 'a'],
    [{ text: '5963' }, 'b'],
    [{ number: '60' }, 'b'],
    [{ type: 'manual' }, 'b'],
    [{ callNumber: 7 }, 'a'],
    [{ agentInitials: 'bp' }, 'c b'],
    [{ station: '1001' }, 'c a'],
    [{ personId: 'bruno' }, 'c b'],
    [{ minQaScore: 50 }, 'a'],
    [{ maxQaScore: 50 }, 'c'],
    [{ minSeconds: 60 }, 'c b'],
    [{ maxSeconds: 5 }, 'a'],
    [{ accountName: 'ÉNERG', accountNumber: '2045', billingNumber: '773' }, 'c a'],
    [{ accountName: '%' }, ''],
    [{ from: noon + 1, to: noon + 2 }, 'b'],
    [{ station: "1001' OR 1=1 --" }, ''],
  ])('are narrowed by %j', (filters, ids) => {
    const db = filled();
    const found = new FoundRows(db, wantedRecordings('me', filters));
    found.look(Number.POSITIVE_INFINITY, 1e9);
    expect(idsAt(db, found.keys)).toBe(ids);
  });

  it.each<[keyof typeof recordingColumn, string]>([
    ['startedAt', 'a b c'],
    ['durationMs', 'a c b'],
    ['remoteName', 'b a c'],
    ['remoteNumber', 'c a b'],
    ['agentName', 'c a b'],
    ['accountName', 'b c a'],
    ['qaScore', 'c a b'],
  ])('are sorted by %s', (sortBy, ids) => {
    const db = filled();
    const how = { column: recordingColumn[sortBy], isDescending: false, most: 10 };
    expect(idsAt(db, sortedKeys(db, wantedRecordings('me', {}), how) ?? [])).toBe(ids);
  });

  it('are found by their key and by the text index, nothing sorted', () => {
    for (const filters of [
      { station: '1001', from: noon },
      { text: 'muller', minQaScore: 3 },
    ] as const) {
      const wanted = wantedRecordings('me', filters);
      const given = { ...wanted.values, from: wanted.from, before: beyondAll, looked: 10 };
      const plan = filled()
        .prepare(`EXPLAIN QUERY PLAN ${keysSql(wanted)}`)
        .all(wanted.match === null ? given : { ...given, match: wanted.match });
      expect(JSON.stringify(plan)).not.toMatch(/SCAN r\b|TEMP B-TREE/);
      expect(JSON.stringify(plan)).toContain('SEARCH r USING INTEGER PRIMARY KEY');
    }
  });

  it('are added up, and one of another person is not told', () => {
    const db = filled();
    expect(
      durationOf(
        db,
        keysLookedAt(db, wantedRecordings('me', {}), beyondAll, 10).filter(key => key > 0),
      ),
    ).toBe(125_000);
    expect([recordingOf(db, 'me', 'a')?.id, recordingOf(db, 'me', 'd')]).toEqual(['a', null]);
  });
});

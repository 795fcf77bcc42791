import { describe, expect, it } from 'vitest';
import type { CallRecordFilters } from '../../../../src-shared/calls/call-record-query';
import {
  callRecordColumn,
  callRecordsAt,
  upsertCallRecords,
  wantedCallRecords,
} from '../../../../src-main/cache/call-record-table';
import { openCache, type CacheDb } from '../../../../src-main/cache/open-cache';
import { recordingsAt, upsertRecordings, wantedRecordings } from '../../../../src-main/cache/recording-table';
import {
  beyondAll,
  keyAfterNewest,
  keysLookedAt,
  keysSql,
  removeBelow,
  removeRows,
  sortedKeys,
} from '../../../../src-main/cache/search-table';
import { FoundRows } from '../../../../src-main/history/found-rows';
import { aCallRecord, aRecording, manyCallRecords, noon } from '../../../builders/a-call-record';
import { QuietLogger } from '../../../fakes/quiet-logger';

const open = (): CacheDb => openCache(':memory:', new QuietLogger()).db;
const found = (db: CacheDb, filters: CallRecordFilters = {}, owner = 'me'): string[] => {
  const rows = new FoundRows(db, wantedCallRecords(owner, filters));
  rows.look(Number.POSITIVE_INFINITY, 1e9);
  return callRecordsAt(db, rows.keys).map(row => row?.id ?? 'gone');
};

describe('how it is looked for', () => {
  const planOf = (sql: string, filters: CallRecordFilters): string => {
    const { values, match, from } = wantedCallRecords('me', filters);
    const given = { ...values, from, before: beyondAll, looked: 100, ...(match === null ? {} : { match }) };
    return JSON.stringify(open().prepare(`EXPLAIN QUERY PLAN ${sql}`).all(given));
  };

  it.each<CallRecordFilters>([
    {},
    { from: noon },
    { from: 5, to: noon, type: 'inbound', disposition: 'busy', queueId: 'support', cause: 'completed' },
    { text: '12' },
    { name: 'ro', personId: 'alice', longerThanSeconds: 3 },
  ])('without three letters down the key, nothing sorted: %j', filters => {
    const plan = planOf(keysSql(wantedCallRecords('me', filters)), filters);
    expect(plan).toContain('SEARCH r USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
  });

  it.each<CallRecordFilters>([
    { text: 'roux' },
    { text: '4555' },
    { name: 'camille', number: '555', from: 5, to: noon, disposition: 'busy' },
  ])('with them by the text index, in its order, and rows by their key: %j', filters => {
    const plan = planOf(keysSql(wantedCallRecords('me', filters)), filters);
    expect(plan).toMatch(/SCAN call_records_text VIRTUAL TABLE INDEX \d+:M/);
    expect(plan).toContain('SEARCH r USING INTEGER PRIMARY KEY (rowid=?)');
    expect(plan).not.toContain('TEMP B-TREE');
    expect(plan).not.toMatch(/SCAN r\b/);
  });

  it('in steps of one size, whatever is found', () => {
    const db = open();
    upsertCallRecords(db, 'me', manyCallRecords(300, noon));
    upsertCallRecords(db, 'you', manyCallRecords(300, noon - 1));
    for (const filters of [{}, { text: 'roux' }, { disposition: 'unanswered' }] as const)
      expect(keysLookedAt(db, wantedCallRecords('me', filters), beyondAll, 100)).toHaveLength(100);
    expect(keysLookedAt(db, wantedCallRecords('me', { from: noon - 30_000 }), beyondAll, 100)).toHaveLength(3);
  });
});

describe('what is found', () => {
  it('stands newest first, every row once, also where many began together', () => {
    const db = open();
    const rows = Array.from({ length: 6500 }, (_none, n) => aCallRecord(`r${n}`, noon - Math.floor(n / 1000)));
    for (let first = 0; first < rows.length; first += 500) upsertCallRecords(db, 'me', rows.slice(first, first + 500));
    for (const filters of [{}, { text: 'roux' }, { text: '55' }]) {
      const ids = found(db, filters);
      expect([ids.length, new Set(ids).size]).toEqual([6500, 6500]);
      const at = ids.map(id => Math.floor(Number(id.slice(1)) / 1000));
      expect(at).toEqual(at.toSorted((a, b) => a - b));
    }
  });

  it('loses none of more than a thousand that began in one millisecond, beside others in the next', () => {
    const db = open();
    const rows = Array.from({ length: 1500 }, (_none, n) => aCallRecord(`r${n}`, noon));
    upsertCallRecords(db, 'me', [aCallRecord('next', noon + 1), ...rows]);
    upsertCallRecords(db, 'me', rows);
    upsertCallRecords(db, 'me', [aCallRecord('next-too', noon + 1)]);
    expect(new Set(found(db)).size).toBe(1502);
  });

  it('is narrowed by every filter', () => {
    const db = open();
    upsertCallRecords(db, 'me', [
      aCallRecord('a', noon, { type: 'manual', disposition: 'unanswered', endCause: 'no-answer', durationMs: 3000 }),
      aCallRecord('b', noon + 1, { remoteName: 'Élodie Lefèvre', remoteNumber: '59634602', personId: 'bruno' }),
      aCallRecord('c', noon + 2, { queueId: null, remoteName: null }),
    ]);
    const expected: readonly (readonly [CallRecordFilters, string])[] = [
      [{}, 'c b a'],
      [{ text: 'LEFEVRE' }, 'b'],
      [{ text: 'fè' }, 'b'],
      [{ text: '5963' }, 'b'],
      [{ text: '59 63' }, 'b'],
      [{ number: '46' }, 'b'],
      [{ number: 'abc' }, ''],
      [{ name: 'camille', number: '4555' }, 'a'],
      [{ type: 'manual' }, 'a'],
      [{ disposition: 'unanswered' }, 'a'],
      [{ cause: 'no-answer' }, 'a'],
      [{ queueId: 'support' }, 'b a'],
      [{ personId: 'bruno' }, 'b'],
      [{ longerThanSeconds: 59 }, 'c b'],
      [{ from: noon + 1 }, 'c b'],
      [{ to: noon + 1 }, 'a'],
      [{ from: noon + 1, to: noon + 2 }, 'b'],
      [{ text: '  ' }, 'c b a'],
    ];
    for (const [filters, ids] of expected) expect([filters, found(db, filters).join(' ')]).toEqual([filters, ids]);
    expect(found(db, {}, 'you')).toEqual([]);
  });

  const odd = '100% "Pure" O\'Neil_& NEAR(x) * -col:^{a}';
  it.each([
    '%',
    '_',
    '"',
    "'",
    '*',
    '""',
    "O'Neil",
    'NEAR(x)',
    'NEAR(x',
    '100% "',
    '-col:^',
    '{a}',
    'Pure" O',
    "' OR 1=1 --",
  ])('takes %s as it is', text => {
    const db = open();
    upsertCallRecords(db, 'me', [aCallRecord('odd', noon, { remoteName: odd }), aCallRecord('plain', noon + 1)]);
    const ids = odd.toLowerCase().includes(text.toLowerCase()) ? ['odd'] : [];
    expect([found(db, { text }), found(db, { name: text })]).toEqual([ids, ids]);
  });

  it.each([
    'rou\0x',
    '\0',
    '"\0',
    '\ud800',
    'ab\ud800',
    'x'.repeat(500),
    '\u0301\u0301\u0301',
    '🎧🎧🎧',
    'AND OR NOT',
    ')))',
  ])('is asked without harm for %j', text => {
    const db = open();
    upsertCallRecords(db, 'me', [aCallRecord('a', noon)]);
    expect(() => [found(db, { text }), found(db, { name: text }), found(db, { number: text })]).not.toThrow();
  });
});

describe('rows that change', () => {
  it('are replaced, found by their new words and no longer by the old', () => {
    const db = open();
    upsertCallRecords(db, 'me', [aCallRecord('a', noon), aCallRecord('b', noon)]);
    upsertCallRecords(db, 'me', [aCallRecord('a', noon, { remoteName: 'Zoé Müller', remoteNumber: '777888999' })]);
    expect([found(db, { text: 'roux' }), found(db, { text: 'muller' }), found(db, { text: '8889' })]).toEqual([
      ['b'],
      ['a'],
      ['a'],
    ]);
  });

  it('move with their time', () => {
    const db = open();
    upsertCallRecords(db, 'me', [aCallRecord('a', noon), aCallRecord('b', noon + 5)]);
    upsertCallRecords(db, 'me', [aCallRecord('a', noon + 9)]);
    expect([found(db), found(db, { text: 'roux' })]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('go, and with them their words; the rows of others stay', () => {
    const db = open();
    upsertCallRecords(db, 'me', [aCallRecord('a', noon), aCallRecord('b', noon)]);
    upsertCallRecords(db, 'you', [aCallRecord('a', noon)]);
    removeRows(db, 'call_records', 'me', ['a', 'unknown']);
    expect([found(db, { text: 'roux' }), found(db, {}, 'you')]).toEqual([['b'], ['a']]);
    while (removeBelow(db, 'call_records', 'me', beyondAll) > 0);
    expect([found(db), found(db, {}, 'you')]).toEqual([[], ['a']]);
    expect(() => db.exec("INSERT INTO call_records_text (call_records_text) VALUES ('integrity-check')")).not.toThrow();
  });

  it('come out as they went in', () => {
    const db = open();
    const record = aCallRecord('a', noon, {
      remoteName: null,
      answeredAt: null,
      recordingId: 'r',
      isNumberHidden: true,
    });
    const sound = aRecording('s', noon, { qaScore: 87, account: null });
    upsertCallRecords(db, 'me', [record]);
    upsertRecordings(db, 'me', [sound]);
    const keysOf = (wanted: Parameters<typeof keysLookedAt>[1]) => keysLookedAt(db, wanted, beyondAll, 10);
    expect(callRecordsAt(db, [...keysOf(wantedCallRecords('me', {})), 1])).toEqual([record, null]);
    expect(recordingsAt(db, keysOf(wantedRecordings('me', { agentInitials: 'am', minQaScore: 80 })))).toEqual([sound]);
  });
});

describe('a list sorted by a column', () => {
  const idsBy = (db: CacheDb, column: string, isDescending: boolean, most = 10): string[] | null => {
    const keys = sortedKeys(db, wantedCallRecords('me', { text: 'roux' }), { column, isDescending, most });
    return keys && callRecordsAt(db, keys).map(row => row?.id ?? 'gone');
  };

  it('has equal ones newest first, and those without at the end', () => {
    const db = open();
    upsertCallRecords(db, 'me', [
      aCallRecord('a', noon, { agentName: 'bob' }),
      aCallRecord('b', noon + 1, { agentName: null }),
      aCallRecord('c', noon + 2, { agentName: 'Bob' }),
      aCallRecord('d', noon + 3, { agentName: 'Alice' }),
    ]);
    expect(idsBy(db, callRecordColumn.agentName, false)).toEqual(['d', 'c', 'a', 'b']);
    expect(idsBy(db, callRecordColumn.agentName, true)).toEqual(['c', 'a', 'd', 'b']);
    expect(idsBy(db, callRecordColumn.startedAt, false)).toEqual(['a', 'b', 'c', 'd']);
    expect(idsBy(db, callRecordColumn.agentName, true, 3)).toBeNull();
  });
});

describe('the newest of one person', () => {
  it('end where they end', () => {
    const db = open();
    upsertCallRecords(db, 'me', manyCallRecords(10, noon, 1));
    upsertCallRecords(db, 'you', manyCallRecords(10, noon + 500, 1));
    const after = (keep: number): number | null | undefined => {
      const counting = keyAfterNewest(db, 'call_records', 'me', keep);
      for (;;) {
        const { done, value } = counting.next();
        if (done === true) return value;
      }
    };
    expect(after(10)).toBeNull();
    expect(after(9)).toBe((noon - 9) * 1024);
    upsertCallRecords(db, 'me', manyCallRecords(9000, noon - 1000, 1));
    expect(after(9009)).toBe((noon - 1000 - 8999) * 1024);
    expect(after(9010)).toBeNull();
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRecordQuery } from '../../../../src-shared/calls/call-record-query';
import type { RecordScope } from '../../../../src-server/calls/record-scope';
import { searchCallRecords } from '../../../../src-server/database/call-record-search';
import type { WritableDb } from '../../../../src-server/database/tables';
import { aDatabase, insertRecords, startedAt } from './a-database';

let db: WritableDb;
beforeEach(async () => {
  db = await aDatabase();
});
afterEach(() => db.destroy());

const everybody: RecordScope = { kind: 'all' };
const alice: RecordScope = { kind: 'people', personIds: ['alice'], queueIds: [] };
const search = (query: object, scope: RecordScope = everybody, isMasked = false) =>
  searchCallRecords(db, { query: callRecordQuery.parse(query), scope, isMasked });
const numbers = async (...asked: Parameters<typeof search>): Promise<string[]> =>
  (await search(...asked)).rows.map(row => row.remote_number);
const names = async (...asked: Parameters<typeof search>): Promise<(string | null)[]> =>
  (await search(...asked)).rows.map(row => row.remote_name);

describe('text', () => {
  it('finds any part of a number: 5963 finds 59634602', async () => {
    await insertRecords(db, [
      { remote_number: '59634602' },
      { remote_number: '59643602' },
      { remote_number: '+33 1 11 59 63 00' },
    ]);
    for (const asked of [{ number: '5963' }, { text: '5963' }, { number: '59 63' }, { text: '+59-63' }])
      expect([asked, await numbers(asked)]).toEqual([asked, ['+33 1 11 59 63 00', '59634602']]);
    expect(await numbers({ number: '59634602' })).toEqual(['59634602']);
    expect(await numbers({ number: '4' })).toEqual(['59643602', '59634602']);
    expect(await numbers({ number: '60' })).toEqual(['59643602', '59634602']);
    expect(await numbers({ number: '5963460299' })).toEqual([]);
  });

  it('finds any part of a name, without accents and capitals', async () => {
    await insertRecords(db, [{ remote_name: 'Élodie Lefèvre' }, { remote_name: 'Zoé Müller' }, { remote_name: null }]);
    for (const text of ['lefevre', 'LEFÈVRE', 'fèv', 'die le', 'z', 'zo', 'é', 'ü'])
      expect([text, (await names({ text })).length > 0]).toEqual([text, true]);
    expect(await names({ name: 'z' })).toEqual(['Zoé Müller']);
    expect(await names({ name: 'ZO' })).toEqual(['Zoé Müller']);
    expect(await names({ name: 'odie lefe' })).toEqual(['Élodie Lefèvre']);
    expect(await names({ name: 'elodie', number: '5963' })).toEqual(['Élodie Lefèvre']);
    expect(await names({ name: 'elodie', number: '99999' })).toEqual([]);
  });

  const odd = ['100% "Pure" O\'Neil_& NEAR(x) *', 'plain name'];
  it.each([
    '%',
    '_',
    '"',
    '*',
    'NEAR',
    "'",
    'near(x',
    '"pure"',
    "o'n",
    'OR plain',
    '100%',
    'a AND b',
    '^',
    ':',
    'name:x',
    '\u0000',
    '\\',
    'a\u0001b',
    '()',
    '-',
  ])('is plain text: %j', async text => {
    await insertRecords(
      db,
      odd.map(remote_name => ({ remote_name })),
    );
    const expected = odd.filter(name => name.toLowerCase().includes(text.toLowerCase())).toReversed();
    expect(await names({ name: text })).toEqual(expected);
  });

  it('of 500 letters finds nothing, and says so', async () => {
    await insertRecords(db, [{}]);
    expect(await search({ text: 'x'.repeat(500) })).toEqual({ rows: [], nextCursor: null });
    expect(callRecordQuery.safeParse({ text: 'x'.repeat(501) }).success).toBe(false);
  });

  it('of nothing but spaces narrows nothing', async () => {
    await insertRecords(db, [{}, {}]);
    expect(await names({ text: '   ', name: '', number: ' ' })).toHaveLength(2);
  });
});

describe('hidden numbers', () => {
  it('are searched by what is shown of them', async () => {
    await insertRecords(db, [{ remote_number: '+33159634602', remote_name: '+33159634602' }]);
    expect(await numbers({ number: '3315963' }, alice, true)).toHaveLength(1);
    for (const asked of [
      { number: '4602' },
      { text: '59634602' },
      { number: '34' },
      { text: '3460' },
      { name: '4602' },
    ])
      expect([asked, await numbers(asked, alice, true)]).toEqual([asked, []]);
    expect(await numbers({ number: '4602' }, alice, false)).toHaveLength(1);
  });

  it('do not hide colleagues', async () => {
    await insertRecords(db, [{ remote_number: '1002', is_internal: 1 }]);
    expect(await numbers({ number: '1002' }, alice, true)).toEqual(['1002']);
  });
});

describe('filters', () => {
  it('narrow alone and together', async () => {
    await insertRecords(db, [
      { remote_number: '1', queue_id: 'sales' },
      {
        remote_number: '2',
        type: 'manual',
        disposition: 'busy',
        end_cause: 'busy',
        duration_ms: 4000,
        answered_at: null,
      },
      { remote_number: '3', type: 'manual', disposition: 'unanswered', end_cause: 'no-answer', duration_ms: 45_000 },
      { remote_number: '4', type: 'auto', duration_ms: 2_000_000 },
      { remote_number: '5', person_id: 'bruno' },
      { remote_number: '6', person_id: null, disposition: 'unanswered', end_cause: 'caller-cancelled', duration_ms: 0 },
    ]);
    const found = async (query: object, scope: RecordScope = everybody): Promise<string> =>
      (await numbers(query, scope)).join('');
    expect(await found({})).toBe('654321');
    expect(await found({ queueId: 'sales' })).toBe('1');
    expect(await found({ type: 'manual' })).toBe('32');
    expect(await found({ type: 'auto' })).toBe('4');
    expect(await found({ disposition: 'busy' })).toBe('2');
    expect(await found({ disposition: 'unanswered' })).toBe('63');
    expect(await found({ type: 'manual', disposition: 'unanswered' })).toBe('3');
    expect(await found({ cause: 'no-answer' })).toBe('3');
    expect(await found({ cause: 'completed' })).toBe('541');
    expect(await found({ longerThanSeconds: 60 })).toBe('4');
    expect(await found({ longerThanSeconds: 59 })).toBe('541');
    expect(await found({ longerThanSeconds: 1999 })).toBe('4');
    expect(await found({ longerThanSeconds: 2000 })).toBe('');
    expect(await found({ from: startedAt + 60_000, to: startedAt + 180_000 })).toBe('32');
    expect(await found({ personId: 'bruno' })).toBe('5');
    expect(await found({}, alice)).toBe('4321');
    expect(await found({ personId: 'bruno' }, alice), 'a colleague is not in the scope').toBe('');
    const team: RecordScope = { kind: 'people', personIds: ['bruno', 'chloe'], queueIds: ['support'] };
    expect(await found({}, team), 'a team and what reached nobody in its queues').toBe('65');
    expect(await found({}, { ...team, queueIds: ['sales'] })).toBe('5');
  });
});

describe('paging', () => {
  it.each([
    ['startedAt', 'descending'],
    ['startedAt', 'ascending'],
    ['remoteName', 'ascending'],
    ['durationMs', 'descending'],
    ['agentName', 'ascending'],
    ['queueName', 'descending'],
    ['remoteNumber', 'ascending'],
    ['type', 'ascending'],
    ['disposition', 'descending'],
    ['endCause', 'ascending'],
  ])('by %s %s has each row once, in order', async (sortBy, sortDirection) => {
    await insertRecords(
      db,
      Array.from({ length: 57 }, (_, index) => ({
        remote_name: index % 5 === 0 ? null : `Name ${index % 7}`,
        duration_ms: (index % 4) * 1000,
        person_id: ['alice', 'bruno', null][index % 3] ?? null,
      })),
    );
    for (const query of [{}, { text: 'name' }]) {
      const rows = [];
      let cursor: string | undefined;
      do {
        const page = await search({ ...query, sortBy, sortDirection, limit: 10, cursor });
        rows.push(...page.rows);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      const all = await search({ ...query, sortBy, sortDirection, limit: 500 });
      expect(rows).toEqual(all.rows);
      expect(new Set(rows.map(row => row.id)).size).toBe(query.text === undefined ? 57 : 45);
      const at = rows.map(row => row.started_at);
      const isUp = sortDirection === 'ascending';
      if (sortBy === 'startedAt') expect(at).toEqual(at.toSorted((a, b) => (isUp ? a - b : b - a)));
      const times = rows.map(row => row.duration_ms);
      if (sortBy === 'durationMs') expect(times).toEqual(times.toSorted((a, b) => b - a));
    }
  });

  it('takes many that began in the same moment', async () => {
    await insertRecords(
      db,
      Array.from({ length: 30 }, () => ({ started_at: startedAt })),
    );
    expect(new Set((await search({ limit: 500 })).rows.map(row => row.id)).size).toBe(30);
    expect(await numbers({ to: startedAt })).toEqual([]);
    expect(await numbers({ from: startedAt, to: startedAt + 1, limit: 500 })).toHaveLength(30);
    expect(await numbers({ from: startedAt + 1 })).toEqual([]);
  });

  it.each([
    'x',
    'W10',
    Buffer.from('[1.5,null]').toString('base64url'),
    Buffer.from('["1",2]').toString('base64url'),
    '%',
  ])('refuses a cursor that is none: %s', async cursor => {
    await expect(search({ cursor })).rejects.toMatchObject({ code: 'ipc/bad-input' });
  });
});

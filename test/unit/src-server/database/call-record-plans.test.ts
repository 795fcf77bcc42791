import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRecordQuery } from '../../../../src-shared/calls/call-record-query';
import type { RecordScope } from '../../../../src-server/calls/record-scope';
import { callRecordList, callRecordPageSearch } from '../../../../src-server/database/call-record-search';
import { sqlite } from '../../../../src-server/database/dialect';
import type { WritableDb } from '../../../../src-server/database/tables';
import { aDatabase, startedAt } from './a-database';

let db: WritableDb;
beforeEach(async () => {
  db = await aDatabase();
});
afterEach(() => db.destroy());

const everybody: RecordScope = { kind: 'all' };
const alice: RecordScope = { kind: 'people', personIds: ['alice'], queueIds: [] };

describe('the way to the rows in SQLite', () => {
  const planOf = async (query: object, scope: RecordScope = everybody): Promise<string[]> => {
    const how = callRecordPageSearch({ query: callRecordQuery.parse(query), scope, isMasked: false }, sqlite);
    if (how === null) throw new Error('nothing is asked');
    const { sortKey: _none, ...search } = how;
    const found = sqlite.found({ ...search, list: callRecordList, place: { id: 1, key: null }, limit: 51 });
    const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${found}`.execute(db);
    return rows.map(row => row.detail);
  };
  const newestFirst = 'SEARCH row USING INTEGER PRIMARY KEY (rowid<?)';
  const ofPerson = 'SEARCH row USING INDEX call_records_of_person (person_id=? AND id<?)';

  it('of one person is that person’s own index, text or not', async () => {
    for (const query of [{}, { text: '5963' }, { disposition: 'busy', name: 'z' }])
      expect(await planOf(query, alice)).toEqual([ofPerson]);
    expect(await planOf({ personId: 'bruno' })).toEqual([ofPerson]);
  });

  it('of text is the index of words, by time, and then the rows by their number', async () => {
    for (const query of [
      { text: 'dupont' },
      { number: '5963' },
      { name: 'z' },
      { text: 'du', from: startedAt, to: startedAt + 1 },
    ]) {
      const [first, second, ...more] = await planOf(query);
      expect(first).toMatch(/^SCAN call_record_terms VIRTUAL TABLE INDEX \d+:M\d[<>]*$/);
      expect([second, ...more]).toEqual(['SEARCH row USING INTEGER PRIMARY KEY (rowid=?)']);
    }
  });

  it('of something seldom is the index of words too', async () => {
    for (const query of [
      { cause: 'media-failed' },
      { longerThanSeconds: 7200 },
      { disposition: 'busy' },
      { type: 'auto' },
    ])
      expect((await planOf(query))[0]).toContain('VIRTUAL TABLE');
  });

  it('of the rest is time, from the place on: nothing is sorted', async () => {
    for (const query of [{}, { disposition: 'answered' }, { number: '59' }, { type: 'inbound', cause: 'completed' }])
      expect(await planOf(query)).toEqual([newestFirst]);
    expect(await planOf({ from: startedAt })).toEqual(['SEARCH row USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)']);
  });
});

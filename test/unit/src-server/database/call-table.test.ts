import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recentCallIdsOf } from '../../../../src-server/database/call-table';
import { migrations } from '../../../../src-server/database/migrations/index';
import type { WritableDb } from '../../../../src-server/database/tables';
import { runMigrations } from '../../../../src-shared/sqlite/run-migrations';
import { aCallRow, aDatabase } from './a-database';

describe('the newest calls of a person', () => {
  let db: WritableDb;
  beforeEach(async () => void (db = await aDatabase()));
  afterEach(() => db.destroy());

  const callWithLegs = async (
    id: string,
    at: number,
    legs: readonly (readonly [personId: string, count: number])[],
  ): Promise<void> => {
    await db
      .insertInto('calls')
      .values({ ...aCallRow(id, at), ended_at: null })
      .execute();
    const leg = {
      call_id: id,
      role: 'agent' as const,
      number: '',
      extension: '',
      queue_id: null,
      answered_at: null,
      ended_at: null,
      end_cause: null,
      held_since: null,
      hold_ms: 0,
    };
    for (const [personId, count] of legs)
      for (let index = 0; index < count; index += 1)
        await db
          .insertInto('legs')
          .values({ ...leg, id: `${id}-${personId}-${index}`, person_id: personId, started_at: at + index })
          .execute();
  };

  it('come newest first, each once, however often the phone rang', async () => {
    await callWithLegs('old', 1000, [['alice', 1]]);
    await callWithLegs('stubborn', 2000, [['alice', 50]]);
    await callWithLegs('new', 3000, [
      ['alice', 2],
      ['bruno', 1],
    ]);
    await callWithLegs('foreign', 4000, [['bruno', 1]]);
    expect(await recentCallIdsOf(db, 'alice', 3)).toEqual(['new', 'stubborn', 'old']);
    expect(await recentCallIdsOf(db, 'alice', 2)).toEqual(['new', 'stubborn']);
    expect(await recentCallIdsOf(db, 'bruno', 20)).toEqual(['foreign', 'new']);
    expect(await recentCallIdsOf(db, 'nobody', 20)).toEqual([]);
  });

  it('are found along an index, without reading or sorting everything', () => {
    const raw = new SqliteDatabase(':memory:');
    runMigrations(raw, migrations);
    const plan = raw
      .prepare('EXPLAIN QUERY PLAN SELECT call_id FROM legs WHERE person_id = ? ORDER BY started_at DESC LIMIT 20')
      .all('alice');
    raw.close();
    expect(plan.map(step => (step as { detail: string }).detail)).toEqual([
      'SEARCH legs USING INDEX legs_of_person (person_id=?)',
    ]);
  });
});

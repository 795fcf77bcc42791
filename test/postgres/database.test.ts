import pg from 'pg';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit } from '../../src-server/database/audit-table';
import { freeId } from '../../src-server/database/free-id';
import { migrations } from '../../src-server/database/migrations/index';
import { openPostgres } from '../../src-server/database/open-postgres';
import { outsideWrites } from '../../src-server/database/outside-writes';
import { allPeople, insertAccount, personToSignIn, setDeskPhone } from '../../src-server/database/person-table';
import { dropDatabase, emptyOne, makeDatabase, urlOf } from '../rig/postgres';
import { aCallRow, aDatabase, aRecordRow, insertRecords, startedAt } from '../unit/src-server/database/a-database';

let name: string;
let count = 0;
beforeEach(async () => {
  count += 1;
  name = `database-test-${process.pid}-${count}`;
});
afterEach(() => dropDatabase(name));

const raw = async (...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: urlOf(name) });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};
const account = { id: 'b', company: 'Horizon', accountNumber: 'AC', billingNumber: 'BL' };

describe('the schema', () => {
  it('is made step by step, and by one of two programs that begin at once', async () => {
    await makeDatabase(name, null);
    await (await openPostgres({ url: urlOf(name), migrations: migrations.slice(0, 3) })).destroy();
    const both = await Promise.all([openPostgres({ url: urlOf(name) }), openPostgres({ url: urlOf(name) })]);
    for (const db of both) expect(await allPeople(db)).toEqual([]);
    for (const db of both) await db.destroy();
  });

  it('of a newer program is refused by name and left as it is', async () => {
    await makeDatabase(name, emptyOne);
    await raw('UPDATE schema_version SET number = 9990');
    await expect(openPostgres({ url: urlOf(name) })).rejects.toMatchObject({ code: 'cache/from-newer-version' });
  });

  it('keeps what is asked of a person: a name with letters, digits for a phone, both digests or none', async () => {
    const db = await aDatabase();
    expect((await personToSignIn(db, 'ALICE'))?.person.extension).toBe('1001');
    for (const wrong of [{ identifier: '1002' }, { extension: 'x1' }, { identifier: 'BRUNO' }, { email: 'none' }])
      await expect(db.updateTable('people').set(wrong).where('id', '=', 'alice').execute()).rejects.toThrow('people_');
    const digests = { md5: 'a'.repeat(32), sha256: 'b'.repeat(64) };
    expect(await setDeskPhone(db, '1001', digests)).toBe(true);
    await expect(db.updateTable('people').set({ desk_phone_md5: null }).execute()).rejects.toThrow('check');
    await db.destroy();
  });

  it('lets nobody change, remove or empty the audit', async () => {
    const db = await aDatabase();
    const entry = { at: 1, personId: null, action: 'list.exported', detail: '', remoteAddress: '::1' } as const;
    await appendAudit(db, { ...entry, subject: 'r' });
    await expect(db.updateTable('audit_entries').set({ subject: 'other' }).execute()).rejects.toThrow('not changed');
    await expect(db.deleteFrom('audit_entries').execute()).rejects.toThrow('not removed');
    await expect(sql`TRUNCATE audit_entries`.execute(db)).rejects.toThrow('not removed');
    await db.destroy();
  });
});

describe('values', () => {
  it('are numbers where they are numbers, and texts without the sign that PostgreSQL does not know', async () => {
    const db = await aDatabase();
    await insertRecords(db, [{ remote_name: 'before\0after', duration_ms: 90_000 }]);
    const row = await db.selectFrom('call_records').selectAll().executeTakeFirstOrThrow();
    expect([row.started_at, row.duration_ms, row.is_internal]).toEqual([startedAt, 90_000, 0]);
    expect(row.remote_name).toBe('before\u{FFFD}after');
    const { total } = await db
      .selectFrom('call_records')
      .select(eb => eb.fn.sum<number>('duration_ms').as('total'))
      .executeTakeFirstOrThrow();
    expect(total).toBe(90_000);
    await db.destroy();
  });
});

describe('who writes', () => {
  it('writes after the one before: ids that are free are found by one at a time', async () => {
    const db = await aDatabase();
    const ids: number[] = [];
    const begin = async (n: number): Promise<void> =>
      db.transaction().execute(async transaction => {
        const id = await freeId(transaction, 'call_records', startedAt);
        ids.push(id);
        await transaction
          .insertInto('calls')
          .values(aCallRow(`c${n}`))
          .execute();
        const keys = { name_key: '', number_key: '', version: 1 };
        await transaction
          .insertInto('call_records')
          .values({ ...aRecordRow(startedAt, { call_id: `c${n}` }), ...keys, id })
          .execute();
      });
    await Promise.all(Array.from({ length: 12 }, (_, n) => begin(n)));
    expect(new Set(ids).size).toBe(12);
    await db.destroy();
  });

  it('is noted: what another process changed is seen, what this one changed is not', async () => {
    await makeDatabase(name, emptyOne);
    const [mine, others] = [await openPostgres({ url: urlOf(name) }), await openPostgres({ url: urlOf(name) })];
    const before = await outsideWrites(mine);
    await insertAccount(mine, account);
    expect(await outsideWrites(mine)).toBe(before);
    await others.updateTable('centre_policy').set({ numbers: 'masked' }).execute();
    expect(await outsideWrites(mine)).toBeGreaterThan(before);
    await mine.destroy();
    await others.destroy();
  });
});

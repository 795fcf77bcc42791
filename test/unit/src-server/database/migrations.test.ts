import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit } from '../../../../src-server/database/audit-table';
import { migrations } from '../../../../src-server/database/migrations/index';
import { openDatabase } from '../../../../src-server/database/open-database';
import { callRecords } from '../../../../src-server/database/call-table';
import { allPeople, personToSignIn, setDeskPhone } from '../../../../src-server/database/person-table';
import { runMigrations } from '../../../../src-shared/sqlite/run-migrations';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-migrations-'));
  file = join(folder, 'server.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const insertAlice = `
  INSERT INTO accounts VALUES ('a', 'Horizon', 'AC', 'BL');
  INSERT INTO people (id, account_id, identifier, email, extension, display_name, role, password_hash, is_recorded)
    VALUES ('p', 'a', 'alice.martin', 'alice@horizon.example', '1001', 'Alice', 'agent', 'scrypt$1$1$1$x$y', 1);`;

describe('the database', () => {
  it.each(migrations.map((step, index) => [step.name, index + 1] as const))(
    'keeps its rows when it is brought up to date from step %s',
    async (_name, known) => {
      const old = new SqliteDatabase(file);
      runMigrations(old, migrations.slice(0, known));
      old.exec(insertAlice);
      old.close();
      const db = openDatabase({ file });
      expect(await allPeople(db)).toMatchObject([{ identifier: 'alice.martin', extension: '1001', isRecorded: true }]);
      expect((await personToSignIn(db, 'ALICE@horizon.example'))?.person.id).toBe('p');
      await db.destroy();
      const again = new SqliteDatabase(file);
      expect(again.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.number);
      again.close();
    },
  );

  it('is numbered in tens, each number once, in their order', () => {
    const numbers = migrations.map(step => step.number);
    expect(numbers.filter(number => number % 10 !== 0)).toEqual([]);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  });

  it('of a newer program is refused by name and left as it is', () => {
    const newer = new SqliteDatabase(file);
    runMigrations(newer, migrations);
    newer.pragma('user_version = 9990');
    newer.close();
    expect(() => openDatabase({ file })).toThrow(expect.objectContaining({ code: 'cache/from-newer-version' }));
    const untouched = new SqliteDatabase(file);
    expect(untouched.pragma('user_version', { simple: true })).toBe(9990);
    untouched.close();
  });

  it('is readable by its owner alone', async () => {
    const db = openDatabase({ file });
    expect(statSync(file).mode & 0o077).toBe(0);
    await db.destroy();
  });

  it('keeps what is strict strict', async () => {
    const db = openDatabase({ file });
    await db.destroy();
    const raw = new SqliteDatabase(file);
    raw.pragma('foreign_keys = ON');
    const tables = raw
      .prepare(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter(table => (table as { strict: number }).strict === 0)).toEqual([]);
    expect(() => raw.exec("INSERT INTO queue_members VALUES ('none', 'none')")).toThrow('FOREIGN KEY');
    raw.exec(insertAlice);
    expect(() =>
      raw.exec(`INSERT INTO people (id, account_id, identifier, extension, display_name, role, password_hash)
        VALUES ('q', 'a', '1002', '1003', 'Digits', 'agent', '')`),
    ).toThrow('CHECK');
    raw.close();
  });

  it('lets nobody change or remove an audit entry', async () => {
    const db = openDatabase({ file });
    await appendAudit(db, {
      at: 1,
      personId: 'p',
      action: 'recording.listened',
      subject: 'r',
      detail: '',
      remoteAddress: '127.0.0.1',
    });
    await expect(db.updateTable('audit_entries').set({ subject: 'other' }).execute()).rejects.toThrow('not changed');
    await expect(db.deleteFrom('audit_entries').execute()).rejects.toThrow('not removed');
    await db.destroy();
  });
});

describe('rows of before', () => {
  /** A database as the step before the numbered one left it. */
  const before = (number: number): SqliteDatabase.Database => {
    const old = new SqliteDatabase(file);
    runMigrations(
      old,
      migrations.filter(step => step.number < number),
    );
    old.exec(insertAlice);
    return old;
  };

  it('are Web extensions, and a SIP extension has both digests or is none', async () => {
    before(80).close();
    const db = openDatabase({ file });
    expect(await allPeople(db)).toMatchObject([{ extension: '1001', deskPhone: null }]);
    const digests = { md5: 'a'.repeat(32), sha256: 'b'.repeat(64) };
    expect(await setDeskPhone(db, '1001', digests)).toBe(true);
    expect(await setDeskPhone(db, '1002', digests)).toBe(false);
    expect(await allPeople(db)).toMatchObject([{ extension: '1001', deskPhone: digests }]);
    for (const half of [
      { desk_phone_md5: null },
      { extension_kind: 'web' as const },
      { desk_phone_sha256: 'short' },
      { desk_phone_md5: 'A'.repeat(32) },
    ])
      await expect(db.updateTable('people').set(half).execute()).rejects.toThrow('CHECK');
    expect(await setDeskPhone(db, '1001', null)).toBe(true);
    expect(await allPeople(db)).toMatchObject([{ extension: '1001', deskPhone: null }]);
    await db.destroy();
  });

  it('keep their waiting time, and the wait that goes on', async () => {
    const old = before(90);
    old.exec(`
      INSERT INTO calls (id, direction, from_number, to_number, started_at, queue_joined_at, queue_left_at)
        VALUES ('waited', 'inbound', '1', '2', 0, 1000, 4000), ('waits', 'inbound', '1', '2', 0, 2000, NULL),
          ('direct', 'inbound', '1', '2', 0, NULL, NULL);`);
    old.close();
    const db = openDatabase({ file });
    const calls = await callRecords(db, ['waited', 'waits', 'direct']);
    const figures = Object.fromEntries(calls.map(call => [call.id, [call.queueWaitMs, call.waitingSince]]));
    expect(figures).toEqual({ waited: [3000, null], waits: [0, 2000], direct: [0, null] });
    await db.destroy();
  });
});

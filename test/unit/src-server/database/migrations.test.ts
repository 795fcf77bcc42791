import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit } from '../../../../src-server/database/audit-table';
import { migrations } from '../../../../src-server/database/migrations/index';
import { openDatabase } from '../../../../src-server/database/open-database';
import { allPeople, personToSignIn } from '../../../../src-server/database/person-table';
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
  INSERT INTO people VALUES ('p', 'a', 'alice.martin', 'alice@horizon.example', '1001', 'Alice', 'agent', 'scrypt$1$1$1$x$y', 1);`;

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

  it('is numbered in tens, each number once', () => {
    expect(migrations.map(step => step.number)).toEqual(migrations.map((_, index) => (index + 1) * 10));
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
      .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'")
      .all();
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter(table => (table as { strict: number }).strict === 0)).toEqual([]);
    expect(() => raw.exec("INSERT INTO queue_members VALUES ('none', 'none')")).toThrow('FOREIGN KEY');
    raw.exec(insertAlice);
    expect(() =>
      raw.exec("INSERT INTO people VALUES ('q', 'a', '1002', NULL, '1003', 'Digits', 'agent', '', 0)"),
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

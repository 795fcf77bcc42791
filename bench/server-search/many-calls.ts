import { statSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { migrations } from '../../src-server/database/migrations/index';
import { runMigrations } from '../../src-shared/sqlite/run-migrations';
import { keptFolder } from '../kept-file';
import { manyRows, peopleOfBench, rowsAtOnce, schema } from './many-rows';

export interface ManyCalls {
  readonly file: string;
  readonly newestAt: number;
}

/** Where the database of so many calls is kept between runs. */
const fileOf = (rows: number): string => join(keptFolder(), `server-search-${rows}-v${schema}.db`);

/** Makes the database, or goes on where a run was ended. 10,000,000 calls take some ten minutes once, and 4 GB. */
export function makeManyCalls(rows: number, say: (line: string) => void): ManyCalls {
  const file = fileOf(rows);
  const db = new SqliteDatabase(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -400000');
  runMigrations(db, migrations);
  db.pragma('foreign_keys = OFF');
  insertPeople(db);
  const insertCall = db.prepare(
    `INSERT INTO calls (id, direction, from_number, to_number, started_at, call_number) VALUES (?, 'inbound', '', '', ?, ?)`,
  );
  const insertRecord = db.prepare(
    `INSERT INTO call_records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertTerms = db.prepare('INSERT INTO call_record_terms (rowid, terms) VALUES (?, ?)');
  const done = (): number =>
    (db.prepare('SELECT coalesce(max(version), 0) AS n FROM call_records').get() as { n: number }).n;
  const add = db.transaction((from: number) => {
    for (const { call, record, terms } of manyRows(from, Math.min(rows, from + rowsAtOnce))) {
      insertCall.run(...call);
      insertRecord.run(...record);
      insertTerms.run(record[0], terms.join(' '));
    }
  });
  for (let from = done(); from < rows; from += rowsAtOnce) {
    add(from);
    if ((from / rowsAtOnce) % 25 === 0)
      say(`server-search: ${from + rowsAtOnce} of ${rows} calls, ${Math.round(statSync(file).size / 1e6)} MB`);
  }
  const { at } = db.prepare('SELECT max(started_at) AS at FROM call_records').get() as { at: number };
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return { file, newestAt: at };
}

function insertPeople(db: SqliteDatabase.Database): void {
  db.exec(`INSERT OR IGNORE INTO accounts VALUES ('a', 'Bench', '1', '1')`);
  const insert = db.prepare(
    `INSERT OR IGNORE INTO people (id, account_id, identifier, extension, display_name, role, password_hash) VALUES (?, 'a', ?, ?, ?, 'agent', '')`,
  );
  for (const person of peopleOfBench()) insert.run(...person);
}

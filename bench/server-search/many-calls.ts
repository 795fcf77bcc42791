import { statSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { migrations } from '../../src-server/database/migrations/index';
import { idsPerMs } from '../../src-server/database/free-id';
import { nameKey, numberKey, termsOf } from '../../src-server/database/search-terms';
import { SeededRandom } from '../../src-server/demo/seeded-random';
import { runMigrations } from '../../src-shared/sqlite/run-migrations';
import { keptFolder } from '../kept-file';
import { firstNames, surname } from '../many-names';

/** To be raised when the tables of call records change: files of before are then of no use. */
const schema = 1;
const people = 200;
const queues = 12;
const rowsAtOnce = 20_000;
const firstAt = Date.parse('2025-01-06T07:00:00Z');

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
    `INSERT INTO call_records VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)`,
  );
  const insertTerms = db.prepare('INSERT INTO call_record_terms (rowid, terms) VALUES (?, ?)');
  const done = (): number =>
    (db.prepare('SELECT coalesce(max(version), 0) AS n FROM call_records').get() as { n: number }).n;
  const add = db.transaction((from: number) => {
    const random = new SeededRandom(from + 1);
    for (let n = from + 1; n <= Math.min(rows, from + rowsAtOnce); n += 1) {
      const at = firstAt + n * 5400 + random.between(0, 5000);
      const call = aCall(random);
      const keys = { nameKey: nameKey(call.name), numberKey: numberKey(call.number) };
      const id = at * idsPerMs;
      const callId = `c${String(n).padStart(9, '0')}`;
      const answeredAt = call.disposition === 'answered' ? at + 8000 : null;
      insertCall.run(callId, at, n);
      insertRecord.run(
        id,
        callId,
        call.personId,
        call.queueId,
        call.type,
        call.disposition,
        call.number,
        call.name,
        at,
        answeredAt,
        at + 8000 + call.durationMs,
        call.durationMs,
        call.endCause,
        keys.nameKey,
        keys.numberKey,
        n,
      );
      insertTerms.run(id, termsOf(keys, call).join(' '));
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
  for (let n = 0; n < people; n += 1) insert.run(`person-${n}`, `agent-${n}`, String(1000 + n), `Agent ${n}`);
}

function aCall(random: SeededRandom) {
  const type = random.weighted({ inbound: 70, manual: 28, auto: 2 });
  const disposition = random.weighted({ answered: 84, unanswered: 12, busy: 4 });
  const seldom = random.chance(0.0005);
  return {
    personId: `person-${random.between(0, people - 1)}`,
    queueId: type === 'inbound' ? `queue-${random.between(0, queues - 1)}` : null,
    type,
    disposition,
    number: `+33${random.between(1, 7)}${String(random.between(0, 99_999_999)).padStart(8, '0')}`,
    name: random.chance(0.2) ? null : `${random.pick(firstNames)} ${surname(random)}`,
    durationMs: disposition === 'answered' ? Math.round(20_000 - 150_000 * Math.log(1 - random.next() * 0.99999)) : 0,
    endCause: seldom
      ? 'media-failed'
      : disposition === 'answered'
        ? 'completed'
        : disposition === 'busy'
          ? 'busy'
          : 'no-answer',
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecordFiller } from '../../../../src-server/calls/record-filler';
import { searchCallRecords } from '../../../../src-server/database/call-record-search';
import { migrations } from '../../../../src-server/database/migrations/index';
import { openDatabase } from '../../../../src-server/database/open-database';
import { searchRecordings } from '../../../../src-server/database/recording-search';
import { callRecordQuery } from '../../../../src-shared/calls/call-record-query';
import { recordingQuery } from '../../../../src-shared/recordings/recording-query';
import { runMigrations } from '../../../../src-shared/sqlite/run-migrations';
import { FakeClock } from '../../../fakes/fake-clock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-filler-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const log = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
const calls = 250;

it('writes the records of calls that ended before there were records, each once, and lists their recordings', async () => {
  const file = join(folder, 'server.db');
  const old = new SqliteDatabase(file);
  runMigrations(
    old,
    migrations.filter(step => step.number < 310),
  );
  old.exec(`
    INSERT INTO accounts VALUES ('a', 'Horizon', 'AC', 'BL');
    INSERT INTO people (id, account_id, identifier, extension, display_name, role, password_hash)
      VALUES ('p', 'a', 'alice.martin', '1001', 'Alice', 'agent', '');`);
  const addCall = old.prepare(
    `INSERT INTO calls (id, direction, from_number, from_name, to_number, started_at, answered_at, ended_at, end_cause)
     VALUES (?, 'inbound', ?, 'Zoé Müller', '8001', ?, ?, ?, 'completed')`,
  );
  const addLeg = old.prepare(
    `INSERT INTO legs (id, call_id, role, number, extension, person_id, started_at, answered_at, ended_at, end_cause)
     VALUES (?, ?, 'agent', '1001', '1001', 'p', ?, ?, ?, 'completed')`,
  );
  for (let n = 0; n < calls; n += 1) {
    const at = 1_000_000 + n * 1000;
    addCall.run(`c${n}`, `+3315963${String(n).padStart(4, '0')}`, at, at + 10, at + 500);
    addLeg.run(`l${n}`, `c${n}`, at, at + 10, at + 500);
  }
  old.exec(`INSERT INTO recordings VALUES ('r', 'c7', 'r.wav', 1007010, 1007500, 490)`);
  old.exec(
    `INSERT INTO calls (id, direction, from_number, to_number, started_at) VALUES ('runs', 'inbound', '1', '2', 5)`,
  );
  old.close();

  const db = openDatabase({ file });
  const scope = { kind: 'people', personIds: ['p'], queueIds: [] } as const;
  const found = async (query: object) =>
    (await searchCallRecords(db, { query: callRecordQuery.parse({ limit: 500, ...query }), scope, isMasked: false }))
      .rows;
  const clock = new FakeClock();
  const filler = new RecordFiller({ db, clock, log, accountIdOf: () => 'a' });
  filler.start();
  await filler.settled();
  expect((await found({})).length, 'not all at once').toBeLessThan(calls);
  filler.stop();
  await new RecordFiller({ db, clock, log, accountIdOf: () => 'a' }).fillAll();
  const all = await found({});
  expect([all.length, new Set(all.map(row => row.call_id)).size]).toEqual([calls, calls]);
  expect(all[0]).toMatchObject({ call_id: `c${calls - 1}`, disposition: 'answered', duration_ms: 490 });
  expect((await found({ text: '59630007' })).map(row => [row.call_id, row.recording_id])).toEqual([['c7', 'r']]);
  expect(await found({ name: 'muller' })).toHaveLength(calls);
  expect(
    all.map(row => row.call_number),
    'counted in the order of time, behind the one that runs',
  ).toEqual(Array.from({ length: calls }, (_, index) => calls + 1 - index));
  const search = {
    query: recordingQuery.parse({ number: '0007' }),
    scope,
    isMasked: false,
    talkedIds: null,
    accountIds: null,
  };
  expect((await searchRecordings(db, search)).rows).toMatchObject([
    { recording_id: 'r', account_id: 'a', listeners: ['p'] },
  ]);
  await db.destroy();
});

import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CallRecord } from '../../src-shared/calls/call-record';
import { upsertCallRecords } from '../../src-main/cache/call-record-table';
import { keepSpan } from '../../src-main/cache/kept-span-table';
import { openCache } from '../../src-main/cache/open-cache';
import { SeededRandom } from '../../src-server/demo/seeded-random';
import { keptFolder } from '../kept-file';
import { firstNames, surname } from '../many-names';
import { silent } from '../silent';

/** To be raised when the tables of the app's cache change: files of before are then of no use. */
const schema = 2;
const rowsAtOnce = 5_000;
const everyMs = 7_900;
const newestAt = Date.parse('2026-11-20T17:00:00Z');

/** A cache as the app would have filled it for this person, of one million calls in three months. Made once, some three minutes, and kept. */
export function manyRecords(rows: number, owner: string, say: (line: string) => void): string {
  const file = join(keptFolder(), `app-cache-${rows}-v${schema}.db`);
  if (!existsSync(file)) make(file, { rows, owner, say });
  return file;
}

interface Made {
  readonly rows: number;
  readonly owner: string;
  readonly say: (line: string) => void;
}

function make(file: string, { rows, owner, say }: Made): void {
  const unfinished = `${file}.part`;
  for (const ending of ['', '-wal', '-shm']) rmSync(unfinished + ending, { force: true });
  const { db } = openCache(unfinished, silent);
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -400000');
  const random = new SeededRandom(11);
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - from);
    // The oldest first, as most of a cache came.
    upsertCallRecords(
      db,
      owner,
      Array.from({ length: count }, (_none, place) => aRecord(from + place, rows, random)),
    );
    if (from % 100_000 === 0)
      say(`records  ${from} of ${rows} calls, ${Math.round(statSync(unfinished).size / 1e6)} MB`);
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  renameSync(unfinished, file);
}

/** Puts the cache into a profile, as complete up to this change of the server's. */
export function putIntoProfile(
  file: string,
  userData: string,
  { owner, cursor }: { owner: string; cursor: string },
): void {
  const own = join(userData, 'cache.db');
  copyFileSync(file, own);
  const { db } = openCache(own, silent);
  keepSpan(db, owner, 'records', { cursor, completeFrom: 0, isFilled: true, hasAll: true });
  db.close();
}

function aRecord(n: number, rows: number, random: SeededRandom): CallRecord {
  const type = random.weighted({ inbound: 70, manual: 28, auto: 2 });
  const disposition = random.weighted({ answered: 84, unanswered: 12, busy: 4 });
  const startedAt = newestAt - (rows - n) * everyMs + random.between(0, 5000);
  const durationMs = Math.round(20_000 - 150_000 * Math.log(1 - random.next() * 0.99999));
  const queue = random.between(1, 12);
  return {
    id: `c${n}:person-1001:0`,
    callId: `c${n}`,
    callNumber: n + 1,
    personId: 'person-1001',
    agentName: 'Alice Martin',
    extension: '1001',
    type,
    isInternal: false,
    disposition,
    remoteNumber: `+33${random.between(1, 7)}${String(random.between(0, 99_999_999)).padStart(8, '0')}`,
    remoteName: random.chance(0.2) ? null : `${random.pick(firstNames)} ${surname(random)}`,
    isNumberHidden: false,
    queueId: type === 'inbound' ? `queue-${queue}` : null,
    queueName: type === 'inbound' ? `Queue ${queue}` : null,
    startedAt,
    answeredAt: disposition === 'answered' ? startedAt + 8000 : null,
    endedAt: startedAt + 8000 + durationMs,
    durationMs,
    endCause: disposition === 'answered' ? 'completed' : disposition === 'busy' ? 'busy' : 'no-answer',
    missedCause: null,
    recordingId: null,
  };
}

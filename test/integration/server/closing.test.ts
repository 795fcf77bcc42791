import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { startCentralServer } from '../../../scripts/central-server.mjs';
import { openCallIds } from '../../../src-server/database/call-table';
import type { ReadableDb } from '../../../src-server/database/tables';
import { answeredAt, customerJoins, hangsUp, ringsAt, told } from '../../builders/a-told-call';
import { environmentOf, isOnPostgres, makeDatabase, openDatabaseOf } from '../../rig/postgres';
import { TestCentre } from './test-centre';

afterEach(() => void vi.useRealTimers());

async function factsIn(db: ReadableDb): Promise<number> {
  const counted = db.selectFrom('call_events').select(({ fn }) => fn.countAll<number>().as('count'));
  return (await counted.executeTakeFirstOrThrow()).count;
}

it('a server that is closed with thousands of facts unwritten writes them all, however long that takes', async () => {
  const centre = await TestCentre.open();
  const before = await openDatabaseOf(centre.folder);
  const old = await factsIn(before);
  await before.destroy();

  let facts = 0;
  for (let n = 0; n < 150; n += 1) {
    const id = `c${n}`;
    const call = [...customerJoins(id), ...ringsAt(id, '1001'), ...answeredAt(id, '1001'), ...hangsUp(id, '1001')];
    centre.telephony.tell(...told(centre.clock.now(), call));
    facts += call.length;
  }
  // A slow disk: minutes go by before the first of them is written. Writing itself waits for no timer; but who connects to PostgreSQL does
  // not wait for minutes.
  if (!isOnPostgres()) vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const closed = centre.app.close();
  if (!isOnPostgres()) await vi.advanceTimersByTimeAsync(300_000);
  await closed;
  vi.useRealTimers();

  const after = await openDatabaseOf(centre.folder);
  expect(await factsIn(after)).toBe(old + facts);
  expect(await openCallIds(after)).toEqual([]);
  await after.destroy();
  rmSync(centre.folder, { recursive: true, force: true });
});

it('a server that is told to end writes the end of every call that runs, also when it is told twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'closing-centre-'));
  const key = 'key of this test';
  const args = ['--demo', '--no-schedule', '--demo-key', key, '--data', folder, '--port', '0'];
  await makeDatabase(folder);
  const server = await startCentralServer({ args, env: environmentOf(folder) });
  const callIds = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const answer = await fetch(`${server.url}/api/demo/callers`, {
        method: 'POST',
        headers: { 'x-demo-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({ queueId: 'support', number: '+33145550142', name: null, whenHeld: 'waits' }),
      });
      return ((await answer.json()) as { callId: string }).callId;
    }),
  );
  server.process.kill('SIGTERM');
  server.process.kill('SIGTERM');
  await server.stop();
  expect(server.process.exitCode).toBe(0);

  const db = await openDatabaseOf(folder);
  expect(await openCallIds(db)).toEqual([]);
  const ends = await db
    .selectFrom('call_events')
    .select(['call_id', 'detail'])
    .where('type', '=', 'call-ended')
    .where('call_id', 'in', callIds)
    .execute();
  expect(new Set(ends.map(end => end.call_id))).toEqual(new Set(callIds));
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

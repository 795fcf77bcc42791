import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PostgresInstance, startPostgres } from '../../scripts/postgres-instance.mjs';
import { openPostgres } from '../../src-server/database/open-postgres';
import { callEvents, openCallIds } from '../../src-server/database/call-table';
import { answeredAt, customerJoins, hangsUp, ringsAt, told } from '../builders/a-told-call';
import { TestCentre } from '../integration/server/test-centre';

let instance: PostgresInstance;
let centre: TestCentre;
beforeAll(async () => {
  instance = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'outage-'));
  centre = await TestCentre.open({ folder, databaseUrl: instance.url('postgres') });
}, 60_000);
afterAll(async () => {
  await centre.close();
  await instance.stop();
});

it('is told by name, keeps nobody out afterwards, and no fact of a call is lost', async () => {
  const alice = await centre.signIn('1001');
  const recent = () => centre.ask('GET', '/api/calls/recent', { token: alice.accessToken });
  expect((await recent()).statusCode).toBe(200);
  await instance.halt();
  const answer = await recent();
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'database/unreachable']);
  expect((await centre.tryToSignIn('1002', 'demo-1002')).statusCode).toBe(503);
  const call = [
    ...customerJoins('lost'),
    ...ringsAt('lost', '1001'),
    ...answeredAt('lost', '1001'),
    ...hangsUp('lost', '1001'),
  ];
  centre.telephony.tell(...told(centre.clock.now(), call));
  await instance.start();
  expect((await recent()).statusCode).toBe(200);
  expect((await centre.tryToSignIn('1002', 'demo-1002')).statusCode).toBe(200);
  const db = await openPostgres({ url: instance.url('postgres') });
  await expect
    .poll(async () => {
      centre.clock.pass(1_000);
      return (await callEvents(db, 'lost')).length;
    })
    .toBe(call.length);
  expect(await openCallIds(db)).toEqual([]);
  await db.destroy();
});

it('at the start is a start that fails, and says why', async () => {
  const url = 'postgres://nobody@127.0.0.1:1/none';
  await expect(openPostgres({ url })).rejects.toMatchObject({ code: 'database/unreachable' });
});

import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '../../../src-server/database/audit-table';
import { readPolicy, writePolicy } from '../../../src-server/database/policy-table';
import type { AgentPolicy } from '../../../src-shared/policy/agent-policy';
import type { LiveQueue } from '../../../src-shared/queues/live-queue';
import { customerJoins, told } from '../../builders/a-told-call';
import { openDatabaseOf } from '../../rig/postgres';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
let marie: string;
let anna: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  alice = (await centre.signIn('1001')).accessToken;
  marie = (await centre.signIn('2001')).accessToken;
  anna = (await centre.signIn('2002')).accessToken;
});
afterEach(() => centre.close());

const listening = async (token: string): Promise<LiveListener> => {
  const address = centre.app.server.address();
  const url =
    address === null || typeof address === 'string' ? await centre.listen() : `http://127.0.0.1:${address.port}`;
  const listener = await LiveListener.connect(`${url.replace('http', 'ws')}/api/live`);
  listener.hello(token);
  await expect.poll(() => seen(listener)).toBeDefined();
  return listener;
};
/** Support as this listener was told last. */
const seen = (listener: LiveListener): LiveQueue | undefined =>
  listener.events
    .flatMap(event => (event.type === 'queues.live' ? [event.queues] : []))
    .at(-1)
    ?.find(({ queueId }) => queueId === 'support');
const order = (listener: LiveListener) => seen(listener)?.callers.map(({ callId }) => callId);
/** They come into Support one after the other; the engine knows it as well. */
const join = (...callIds: readonly string[]): void => {
  const line = centre.telephony.waiting.get('support') ?? [];
  centre.telephony.waiting.set('support', line);
  for (const callId of callIds) {
    line.push({ callId, number: '+33199000000' });
    const events = customerJoins(callId).map(event =>
      event.type === 'queue-joined' ? { ...event, position: line.length } : event,
    );
    centre.telephony.tell(...told(centre.clock.now(), events).map(event => ({ ...event, at: centre.clock.now() })));
  }
};
const moves = (token: string, callId: string, position: number, more: object = {}): Promise<LightMyRequestResponse> =>
  centre.ask('PUT', `/api/queues/support/waiting/${callId}`, {
    token,
    payload: { position, reason: 'outage', ...more },
  });
const undoes = (token: string, moveId: string): Promise<LightMyRequestResponse> =>
  centre.ask('POST', '/api/queues/support/undo', { token, payload: { moveId } });
const codeOf = (answer: LightMyRequestResponse): string => answer.json<{ code: string }>().code;
const orderOf = (answer: LightMyRequestResponse): string[] =>
  answer.json<{ callers: { callId: string }[] }>().callers.map(({ callId }) => callId);
const policyIs = async (changes: Partial<AgentPolicy>): Promise<void> => {
  const db = await openDatabaseOf(centre.folder);
  try {
    await writePolicy(db, { ...(await readPolicy(db)), ...changes });
  } finally {
    await db.destroy();
  }
  centre.clock.pass(2_000);
  await expect
    .poll(async () => (await centre.ask('GET', '/api/policy', { token: alice })).json<AgentPolicy>())
    .toMatchObject(changes);
};

describe('my queues, live', () => {
  it('show who waits, first in line first, and who could take them', async () => {
    const live = await listening(alice);
    join('c1', 'c2');
    await centre.ask('PUT', '/api/agent/availability', { token: alice, payload: { state: 'available' } });
    centre.clock.pass(100);
    await expect.poll(() => order(live)).toEqual(['c1', 'c2']);
    expect(seen(live)).toMatchObject({
      name: 'Support',
      callers: [
        { callId: 'c1', number: '+33199000000', position: 1, movedBy: null },
        { callId: 'c2', position: 2 },
      ],
      agentsFree: 1,
      agentsTalking: 0,
      agentsSignedIn: 1,
      undo: null,
    });
    centre.telephony.tell({
      type: 'queue-left',
      callId: 'c1',
      queueId: 'support',
      cause: 'abandoned',
      at: centre.clock.now(),
    });
    centre.clock.pass(100);
    await expect.poll(() => order(live)).toEqual(['c2']);
  });

  it('never show the whole number when it is masked', async () => {
    await policyIs({ numbers: 'masked' });
    const live = await listening(alice);
    join('c1');
    centre.clock.pass(100);
    await expect.poll(() => seen(live)?.callers[0]?.number).toBe('+3319900••••');
    const answer = await centre.ask('GET', '/api/queues/support/waiting', { token: marie });
    expect(answer.body).not.toContain('+33199000000');
    expect(JSON.stringify(live.heard)).not.toContain('+33199000000');
  });

  it('take over what the engine says after a gap', async () => {
    const live = await listening(alice);
    centre.telephony.waiting.set('support', [{ callId: 'unheard', number: '+33144000000' }]);
    centre.clock.pass(5_000);
    await expect
      .poll(() => {
        centre.clock.pass(100);
        return order(live);
      })
      .toEqual(['unheard']);
  });

  it('are told at most ten times a second, and nothing is lost at the end', async () => {
    const live = await listening(alice);
    const before = live.heard.length;
    for (let step = 0; step < 10; step += 1) {
      for (let caller = 0; caller < 150; caller += 1) join(`c${step}-${caller}`);
      for (let caller = 0; caller < 149; caller += 1)
        centre.telephony.tell({
          type: 'queue-left',
          callId: `c${step}-${caller}`,
          queueId: 'support',
          cause: 'abandoned',
          at: centre.clock.now(),
        });
      centre.clock.pass(100);
    }
    centre.clock.pass(500);
    const left = Array.from({ length: 10 }, (_, step) => `c${step}-149`);
    await expect.poll(() => order(live)?.toSorted()).toEqual(left.toSorted());
    const tellings = live.heard.length - before;
    expect(tellings).toBeGreaterThan(1);
    expect(tellings).toBeLessThanOrEqual(15);
  });
});

describe('moving a caller', () => {
  beforeEach(() => join('c1', 'c2', 'c3'));

  it('is told as the engine reads it back, with the mover, and can be taken back', async () => {
    const live = await listening(alice);
    expect(orderOf(await moves(marie, 'c3', 1, { moveId: 'm1' }))).toEqual(['c3', 'c1', 'c2']);
    centre.clock.pass(100);
    await expect.poll(() => order(live)).toEqual(['c3', 'c1', 'c2']);
    expect(seen(live)).toMatchObject({
      callers: [{ movedBy: 'Marie Laurent' }, { movedBy: null }, { movedBy: null }],
      undo: { moveId: 'm1', callId: 'c3', by: 'Marie Laurent' },
    });
    expect(orderOf(await undoes(anna, 'm1'))).toEqual(['c1', 'c2', 'c3']);
    centre.clock.pass(100);
    await expect.poll(() => order(live)).toEqual(['c1', 'c2', 'c3']);
    expect(seen(live)).toMatchObject({ undo: null, callers: [{}, {}, { movedBy: null }] });
    expect(codeOf(await undoes(anna, 'm1'))).toBe('queue/undo-too-late');
    const db = await openDatabaseOf(centre.folder);
    expect((await auditOf(db, 'c3')).map(({ action, personId }) => [action, personId])).toEqual([
      ['queue.caller-moved', 'person-2001'],
      ['queue.move-undone', 'person-2002'],
    ]);
    await db.destroy();
  });

  it('sent twice is made once', async () => {
    await moves(marie, 'c3', 1, { moveId: 'm1' });
    await moves(marie, 'c2', 1, { moveId: 'm2' });
    expect(orderOf(await moves(marie, 'c3', 1, { moveId: 'm1' }))).toEqual(['c2', 'c3', 'c1']);
    expect(codeOf(await undoes(marie, 'm1')), 'not the newest').toBe('queue/undo-too-late');
  });

  it('cannot be taken back when the caller is gone, or after a minute', async () => {
    await moves(marie, 'c3', 1, { moveId: 'm1' });
    centre.clock.pass(60_000);
    expect(codeOf(await undoes(marie, 'm1'))).toBe('queue/undo-too-late');
    await moves(marie, 'c2', 1, { moveId: 'm2' });
    centre.telephony.waiting.set('support', [{ callId: 'c1', number: '1' }]);
    expect(codeOf(await undoes(marie, 'm2'))).toBe('queue/undo-too-late');
  });

  it('pushes nobody back who has waited longer than the limit', async () => {
    centre.clock.pass(600_001);
    join('c4');
    const refused = await moves(marie, 'c4', 2);
    expect([refused.statusCode, refused.json<object>()]).toEqual([
      409,
      expect.objectContaining({ code: 'queue/pushed-back-too-long', params: { seconds: 600 } }),
    ]);
    expect(codeOf(await moves(marie, 'c1', 3)), 'sent back').toBe('queue/pushed-back-too-long');
    expect((await moves(marie, 'c4', 9)).statusCode, 'stays where it is').toBe(200);
  });

  it('is for whom the policy names, in their own queues', async () => {
    expect(codeOf(await moves(alice, 'c3', 1))).toBe('forbidden');
    await policyIs({ reorder: { roles: ['agent'], longestPushedBackMs: 600_000 } });
    expect((await moves(alice, 'c3', 1)).statusCode).toBe(200);
    expect(codeOf(await moves(marie, 'c3', 1)), 'no longer').toBe('forbidden');
    centre.telephony.waiting.set('sales', []);
    const foreign = await centre.ask('PUT', '/api/queues/sales/waiting/c9', {
      token: alice,
      payload: { position: 1, reason: 'x' },
    });
    expect(codeOf(foreign)).toBe('forbidden');
  });

  it('by two supervisors at once ends in one order, which both see', async () => {
    const [first, second] = [await listening(marie), await listening(anna)];
    const answers = await Promise.all([moves(marie, 'c3', 1), moves(anna, 'c2', 1)]);
    centre.clock.pass(100);
    const inEngine = (await centre.telephony.waitingCallers('support')).map(({ callId }) => callId);
    expect(answers.map(orderOf)).toContainEqual(inEngine);
    await expect.poll(() => [order(first), order(second)]).toEqual([inEngine, inEngine]);
  });
});

import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPolicy, writePolicy } from '../../../src-server/database/policy-table';
import type { Story } from '../../../src-shared/story/story';
import {
  answeredAt,
  comesInto,
  consultationEnds,
  consults,
  customerJoins,
  hangsUp,
  ringsAt,
  told,
  transferEnds,
  transfersTo,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { timed } from '../../builders/a-told-story';
import { openDatabaseOf } from '../../rig/postgres';
import { codeOf } from './asking-centre';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
let bruno: string;
let marie: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  alice = (await centre.signIn('1001')).accessToken;
  bruno = (await centre.signIn('1002')).accessToken;
  marie = (await centre.signIn('2001')).accessToken;
});
afterEach(() => centre.close());

const happens = (...parts: readonly UntimedEvent[][]): void => {
  const events = told(centre.clock.now(), parts.flat());
  centre.telephony.tell(...events);
  centre.clock.pass(events.length * 1000);
};
const ask = (token: string, callId = 'c1'): Promise<LightMyRequestResponse> =>
  centre.ask('GET', `/api/calls/${callId}/story`, { token });
const story = async (token = alice): Promise<Story> => (await ask(token)).json<Story>();
const muted = (payload: object, token = alice): Promise<LightMyRequestResponse> =>
  centre.ask('PUT', '/api/agent/phone-mute', { token, payload });

const talking = [customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001')];
const held: UntimedEvent[] = [{ type: 'leg-held', callId: 'c1', legId: 'c1-1001' }];
const resumed: UntimedEvent[] = [{ type: 'leg-resumed', callId: 'c1', legId: 'c1-1001' }];

describe('the story of a call', () => {
  it('has the reasons that were written for who was asked and for where the call was sent', async () => {
    happens(...talking, held);
    const why = (to: string, reason: string): Promise<LightMyRequestResponse> =>
      centre.ask('PUT', '/api/calls/c1/consult', { token: alice, payload: { to, reason } });
    await why('2001', 'May she have it back?');
    happens(consults('k1', '1001', '2001'), [{ type: 'call-ended', callId: 'k1', cause: 'completed' }], resumed);
    expect((await why('8002', '  Wants\n to buy ')).statusCode).toBe(200); // a queue: nobody is told, it is kept
    happens(transfersTo('c1', '1001', '8002'), transferEnds('c1', 'completed'));
    const { stretches } = await story();
    expect(stretches.flatMap(({ kind, reason }) => (reason === null ? [] : [[kind, reason]]))).toEqual([
      ['consult', 'May she have it back?'],
      ['transfer', 'Wants to buy'],
    ]);
  });

  it('is told by the server, with names and everybody who was asked', async () => {
    happens(...talking, held, consults('k1', '1001', '2002'), [
      { type: 'call-ended', callId: 'k1', cause: 'completed' },
    ]);
    happens(consults('k2', '1001', '2001'), comesInto('c1', '2001'), consultationEnds('k2', '1001', '2001'), resumed, [
      { type: 'leg-ended', callId: 'c1', legId: 'c1-1001', cause: 'completed' },
      ...hangsUp('c1', '2001'),
    ]);
    const { stretches, customer, parties } = await story();
    expect(stretches.map(timed)).toEqual([
      'queue support [1001] 6',
      'talk 1001 4',
      'hold by 1001 1',
      'consult by 1001 2002 7',
      'hold by 1001 1',
      'consult by 1001 2001 8',
      'conference 1001 + 2001 5',
      'talk 2001 1',
    ]);
    expect(customer).toEqual({ role: 'customer', number: '+33199000000', name: 'Camille Roux' });
    expect(stretches[0]).toMatchObject({ queueName: 'Support', rings: [{ outcome: 'answered' }] });
    expect(parties.map(({ party }) => [party.role, party.name])).toEqual([
      ['customer', 'Camille Roux'],
      ['agent', 'Alice Martin'],
      ['supervisor', 'Marie Laurent'],
    ]);
  });

  it('is for who has a part in it and for who leads them; for others the call is not there', async () => {
    happens(...talking);
    expect((await ask(alice)).statusCode).toBe(200);
    expect((await ask(marie)).statusCode).toBe(200);
    for (const answer of [await ask(bruno), await ask(alice, 'c9'), await ask(marie, 'c9')])
      expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'call/unknown']);
    expect((await ask('no token')).statusCode).toBe(401);
  });

  it('is not for the supervisor of other queues', async () => {
    const db = await openDatabaseOf(centre.folder);
    const { id } = await db.selectFrom('people').select('id').where('extension', '=', '2001').executeTakeFirstOrThrow();
    await db.insertInto('queue_members').values({ queue_id: 'sales', person_id: id }).execute();
    await db.destroy();
    centre.clock.pass(2_000);
    happens(...talking);
    await expect.poll(async () => (await ask(marie)).statusCode).toBe(404);
    expect((await centre.ask('GET', '/api/calls/c1/customer', { token: marie })).statusCode).toBe(404);
  });

  it('has no number where numbers are masked', async () => {
    const db = await openDatabaseOf(centre.folder);
    await writePolicy(db, { ...(await readPolicy(db)), numbers: 'masked' });
    await db.destroy();
    centre.clock.pass(2_000);
    happens(...talking);
    await expect.poll(async () => (await ask(alice)).body).not.toContain('199000000');
    expect((await story()).customer.number).toBe('+3319900••••');
  });
});

describe('a microphone that was off', () => {
  it('is in the story, as the app told it', async () => {
    happens(...talking);
    const at = centre.clock.now();
    centre.clock.pass(5000);
    expect((await muted({ callId: 'c1', isMuted: true, at })).json()).toEqual({ done: true });
    await muted({ callId: null, isMuted: false, at: at + 3000 });
    expect((await story()).mutes).toMatchObject([{ party: { number: '1001' }, startedAt: at, endedAt: at + 3000 }]);
  });

  it('ends with the call, and is never later than now', async () => {
    happens(...talking);
    const at = centre.clock.now();
    await muted({ callId: 'c1', isMuted: true, at: at + 60_000 });
    happens(hangsUp('c1', '1001'));
    expect((await story()).mutes).toMatchObject([{ startedAt: at, endedAt: at + 1000 }]);
  });

  it.each([
    ['who does not talk in the call', () => muted({ callId: 'c1', isMuted: true, at: 0 }, bruno)],
    ['who holds it, when no call is named', () => muted({ callId: null, isMuted: true, at: 0 })],
  ])('is not taken of %s', async (_title, tell) => {
    happens(...talking, held);
    const answer = await tell();
    expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'call/unknown']);
  });
});

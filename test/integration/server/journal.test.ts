import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalledCall, RecentCall } from '../../../src-shared/server-api/rest-routes';
import {
  answeredAt,
  customerJoins,
  hangsUp,
  isRecorded,
  notAnsweredAt,
  ringsAt,
  told,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
let bruno: string;
let start: number;

beforeEach(async () => {
  centre = await TestCentre.open();
  alice = (await centre.signIn('1001')).accessToken;
  bruno = (await centre.signIn('1002')).accessToken;
  start = centre.clock.now();
});
afterEach(() => centre.close());

const happens = (...parts: readonly UntimedEvent[][]): void => centre.telephony.tell(...told(start, parts.flat()));
const recent = async (token: string): Promise<RecentCall[]> =>
  (await centre.ask('GET', '/api/calls/recent?limit=5', { token })).json<{ calls: RecentCall[] }>().calls;
const newest = async (token: string): Promise<RecentCall | undefined> =>
  (await recent(token)).find(call => call.callId === 'c1');
const one = async (token: string, callId = 'c1'): Promise<JournalledCall> =>
  (await centre.ask('GET', `/api/calls/${callId}`, { token })).json<JournalledCall>();
/** The journal writes behind the engine's back: wait for the fact. */
const written = async (token: string, endCause: string): Promise<void> => {
  await expect.poll(async () => (await newest(token))?.endCause).toBe(endCause);
};

describe('the journal', () => {
  it('tells an answered queue call: wait, talk, hold, legs, recording, every event in its order', async () => {
    const held: UntimedEvent[] = [
      { type: 'leg-held', callId: 'c1', legId: 'c1-1001' },
      { type: 'dtmf', callId: 'c1', legId: 'c1-1001', digit: '5', durationMs: 100, via: 'rfc4733' },
      { type: 'leg-resumed', callId: 'c1', legId: 'c1-1001' },
    ];
    const events = [
      customerJoins('c1'),
      ringsAt('c1', '1001'),
      answeredAt('c1', '1001'),
      isRecorded('c1'),
      held,
      hangsUp('c1', '1001'),
    ];
    happens(...events);
    await written(alice, 'completed');
    const call = await one(alice);
    expect(call).toMatchObject({
      direction: 'inbound',
      remoteNumber: '+33199000000',
      queueName: 'Support',
      startedAt: start + 3000,
      answeredAt: start + 6000,
      endedAt: start + 15_000,
      endCause: 'completed',
      queueWaitMs: 6000,
      talkMs: 7000,
      holdMs: 2000,
    });
    expect(call.legs.map(leg => [leg.role, leg.extension, leg.endCause])).toEqual([
      ['customer', null, 'completed'],
      ['agent', '1001', 'completed'],
    ]);
    expect(call.events.map(event => event.type)).toEqual(events.flat().map(event => event.type));
    expect(call.events.find(event => event.type === 'dtmf')).toEqual({
      at: start + 12_000,
      type: 'dtmf',
      legId: 'c1-1001',
      detail: { durationMs: 100, via: 'rfc4733' }, // which key it was may be a PIN
    });
  });

  it('names the customer by the number', async () => {
    happens(
      [
        {
          type: 'call-started',
          callId: 'c1',
          direction: 'inbound',
          from: { number: '+33145550142', name: 'As\u202e sent' },
          to: { number: '8001' },
        },
      ],
      ringsAt('c1', '1001'),
    );
    await expect.poll(async () => (await newest(alice))?.remoteName).toBe('As sent');
    const { number, name } = await knownCustomer();
    const from = { number, name: null };
    happens(
      [{ type: 'call-started', callId: 'c2', direction: 'inbound', from, to: { number: '8001' } }],
      ringsAt('c2', '1001'),
    );
    await expect.poll(async () => (await recent(alice)).find(call => call.callId === 'c2')?.remoteName).toBe(name);
  });

  it('tells each agent their own part: one let it ring, the other answered', async () => {
    happens(
      customerJoins('c1'),
      ringsAt('c1', '1001'),
      notAnsweredAt('c1', '1001', 'ring-no-answer'),
      ringsAt('c1', '1002'),
      answeredAt('c1', '1002'),
      hangsUp('c1', '1002'),
    );
    await written(bruno, 'completed');
    expect(await newest(alice)).toMatchObject({ endCause: 'no-answer', answeredAt: null, endedAt: start + 7000 });
    expect(await newest(bruno)).toMatchObject({
      endCause: 'completed',
      answeredAt: start + 11_000,
      startedAt: start + 8000,
    });
  });

  it('tells a declined offer', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1001'), notAnsweredAt('c1', '1001', 'declined'));
    await written(alice, 'rejected');
    expect(await one(alice)).toMatchObject({ answeredAt: null, talkMs: 0 });
  });

  it('counts a hold to its end when the customer hangs up in it', async () => {
    const held: UntimedEvent[] = [{ type: 'leg-held', callId: 'c1', legId: 'c1-1001' }];
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'), held, hangsUp('c1', '1001'));
    await written(alice, 'completed');
    expect(await one(alice)).toMatchObject({ holdMs: 2000, talkMs: 4000 });
    centre.clock.pass(60_000);
    expect(await one(alice)).toMatchObject({ holdMs: 2000, talkMs: 4000 });
  });

  it('tells an abandoned call to a supervisor, who was not in it', async () => {
    happens(customerJoins('c1'), [
      { type: 'queue-left', callId: 'c1', queueId: 'support', cause: 'abandoned' },
      { type: 'leg-ended', callId: 'c1', legId: 'c1-customer', cause: 'caller-cancelled' },
      { type: 'call-ended', callId: 'c1', cause: 'caller-cancelled' },
    ]);
    const { accessToken } = await centre.signIn('2001');
    await expect.poll(async () => (await one(accessToken)).endCause).toBe('caller-cancelled');
    expect(await one(accessToken)).toMatchObject({
      queueWaitMs: 1000,
      talkMs: 0,
      answeredAt: null,
      remoteNumber: '+33199000000',
      missedCause: null,
      hasRecording: false,
    });
  });

  it('tells an outgoing call to a busy number by its cause', async () => {
    happens([
      {
        type: 'call-started',
        callId: 'c1',
        direction: 'outbound',
        from: { number: '1001', name: 'Alice' },
        to: { number: '0145000486' },
      },
      { type: 'leg-started', callId: 'c1', legId: 'a', role: 'agent', number: '1001', extension: '1001' },
      { type: 'leg-started', callId: 'c1', legId: 'b', role: 'customer', number: '0145000486', extension: null },
      { type: 'leg-ended', callId: 'c1', legId: 'b', cause: 'busy' },
      { type: 'leg-ended', callId: 'c1', legId: 'a', cause: 'busy' },
      { type: 'call-ended', callId: 'c1', cause: 'busy' },
    ]);
    await written(alice, 'busy');
    expect(await newest(alice)).toMatchObject({
      direction: 'outbound',
      remoteNumber: '0145000486',
      answeredAt: null,
      startedAt: start,
    });
  });

  it('does not take the pick-up of one’s own phone for an answer, nor for talk', async () => {
    happens([
      {
        type: 'call-started',
        callId: 'c1',
        direction: 'outbound',
        from: { number: '1001', name: null },
        to: { number: '0145000408' },
      },
      { type: 'leg-started', callId: 'c1', legId: 'a', role: 'agent', number: '1001', extension: '1001' },
      { type: 'leg-ringing', callId: 'c1', legId: 'a' },
      { type: 'leg-answered', callId: 'c1', legId: 'a' },
      { type: 'leg-started', callId: 'c1', legId: 'b', role: 'customer', number: '0145000408', extension: null },
      { type: 'leg-ringing', callId: 'c1', legId: 'b' },
      { type: 'leg-ended', callId: 'c1', legId: 'b', cause: 'no-answer' },
      { type: 'leg-ended', callId: 'c1', legId: 'a', cause: 'no-answer' },
      { type: 'call-ended', callId: 'c1', cause: 'no-answer' },
    ]);
    await written(alice, 'no-answer');
    expect(await one(alice)).toMatchObject({ answeredAt: null, talkMs: 0, hasRecording: false });
  });

  it('shows an internal call from both sides', async () => {
    happens([
      {
        type: 'call-started',
        callId: 'c1',
        direction: 'internal',
        from: { number: '1001', name: null },
        to: { number: '1002' },
      },
      { type: 'leg-started', callId: 'c1', legId: 'a', role: 'agent', number: '1001', extension: '1001' },
      { type: 'leg-started', callId: 'c1', legId: 'b', role: 'agent', number: '1002', extension: '1002' },
      { type: 'leg-answered', callId: 'c1', legId: 'b' },
      { type: 'leg-answered', callId: 'c1', legId: 'a' },
      { type: 'leg-ended', callId: 'c1', legId: 'b', cause: 'completed' },
      { type: 'leg-ended', callId: 'c1', legId: 'a', cause: 'completed' },
      { type: 'call-ended', callId: 'c1', cause: 'completed' },
    ]);
    await written(alice, 'completed');
    expect(await newest(alice)).toMatchObject({
      remoteNumber: '1002',
      remoteName: 'Bruno Lefèvre',
      answeredAt: start + 3000,
    });
    expect(await newest(bruno)).toMatchObject({
      remoteNumber: '1001',
      remoteName: 'Alice Martin',
      answeredAt: start + 3000,
    });
  });

  it('closes what a crash left open, as failed', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'), isRecorded('c1'));
    await expect.poll(async () => (await one(alice)).events.length).toBe(11);
    await centre.app.close();
    const { folder, clock } = centre;
    clock.pass(60_000);
    centre = await TestCentre.open({ folder, clock });
    const call = await one((await centre.signIn('1001')).accessToken);
    expect(call).toMatchObject({ endCause: 'failed', endedAt: clock.now(), hasRecording: true });
    expect(call.legs.every(leg => leg.endCause === 'failed')).toBe(true);
    expect(call.events.at(-1)).toMatchObject({ type: 'call-ended', detail: { cause: 'failed' } });
  });

  it('goes on after an event that cannot be written', async () => {
    happens(ringsAt('unknown', '1001'), customerJoins('c1'), customerJoins('c1'), ringsAt('c1', '1001'));
    await expect.poll(async () => (await newest(alice))?.callId).toBe('c1');
  });

  it('keeps a call from agents who had no part in it, in the words for a call that does not exist', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'), hangsUp('c1', '1001'));
    await written(alice, 'completed');
    const foreign = await centre.ask('GET', '/api/calls/c1', { token: bruno });
    const missing = await centre.ask('GET', '/api/calls/nothing', { token: bruno });
    expect(foreign.statusCode).toBe(404);
    expect(foreign.body).toBe(missing.body);
    expect(await newest(bruno)).toBeUndefined();
  });
});

async function knownCustomer(): Promise<{ number: string; name: string }> {
  const calls = await recent((await centre.signIn('1003')).accessToken);
  const known = calls.find(call => call.direction !== 'internal' && call.remoteName !== null);
  if (known === undefined) throw new Error('the demo has no call of a known customer');
  return { number: known.remoteNumber, name: known.remoteName ?? '' };
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentStatus } from '../../../src-shared/agent/agent-state';
import type { JournalledCall, RecentCall } from '../../../src-shared/server-api/rest-routes';
import {
  answeredAt,
  comesInto,
  consultationEnds,
  consults,
  customerJoins,
  hangsUp,
  offerEnds,
  ringsAt,
  ringsDirectlyAt,
  told,
  transferEnds,
  transfersAttended,
  transfersTo,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let tokens: Record<'1001' | '1002' | '2001', string>;
beforeEach(async () => {
  centre = await TestCentre.open();
  const token = async (extension: string): Promise<string> => (await centre.signIn(extension)).accessToken;
  tokens = { '1001': await token('1001'), '1002': await token('1002'), '2001': await token('2001') };
  for (const extension of ['1001', '1002'] as const) {
    const wanted = { token: tokens[extension], payload: { state: 'available' } };
    await centre.ask('PUT', '/api/agent/availability', wanted);
  }
});
afterEach(() => centre.close());

type Who = keyof typeof tokens;
const happens = (...parts: readonly UntimedEvent[][]): void => {
  const events = told(centre.clock.now(), parts.flat());
  centre.telephony.tell(...events);
  centre.clock.pass(events.length * 1000);
};
const recent = async (who: Who, callId = 'c1'): Promise<RecentCall | undefined> => {
  const answer = await centre.ask('GET', '/api/calls/recent?limit=9', { token: tokens[who] });
  return answer.json<{ calls: RecentCall[] }>().calls.find(call => call.callId === callId);
};
const one = async (who: Who, callId = 'c1'): Promise<JournalledCall> =>
  (await centre.ask('GET', `/api/calls/${callId}`, { token: tokens[who] })).json<JournalledCall>();
const written = async (who: Who, endCause: string, callId = 'c1'): Promise<void> => {
  await expect.poll(async () => (await recent(who, callId))?.endCause).toBe(endCause);
};
const states = async (): Promise<AgentStatus['state'][]> =>
  Promise.all(
    (['1001', '1002'] as const).map(
      async who =>
        (await centre.ask('GET', '/api/agent', { token: tokens[who] })).json<{ status: AgentStatus }>().status.state,
    ),
  );

/** Alice talks with the customer: 7 s in all, the customer's answer being the last. */
const talking = [customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001')];
const failed = [
  transfersTo('c1', '1001', '1002'),
  ringsDirectlyAt('c1', '1002'),
  offerEnds('c1', 'c1-1002', '1002', 'declined'),
  transferEnds('c1', 'rejected'),
];

describe('a phone outside the centre that gives its call over', () => {
  it('leaves it to whom it had: the record and the agent’s list have their number', async () => {
    happens(...talking, [
      { type: 'leg-ended', callId: 'c1', legId: 'c1-customer', cause: 'transferred' },
      { type: 'leg-started', callId: 'c1', legId: 'taker', role: 'customer', number: '0145550010', extension: null },
      { type: 'leg-answered', callId: 'c1', legId: 'taker' },
      { type: 'leg-ended', callId: 'c1', legId: 'taker', cause: 'completed' },
      { type: 'leg-ended', callId: 'c1', legId: 'c1-1001', cause: 'completed' },
      { type: 'call-ended', callId: 'c1', cause: 'completed' },
    ]);
    await written('1001', 'completed');
    expect(await recent('1001')).toMatchObject({ remoteNumber: '0145550010', direction: 'inbound' });
    expect(await one('2001')).toMatchObject({ remoteNumber: '0145550010', endCause: 'completed' });
    const found = await centre.ask('POST', '/api/records/search', {
      token: tokens['1001'],
      payload: { text: '50010' },
    });
    expect(found.json()).toMatchObject({ records: [{ callId: 'c1', remoteNumber: '0145550010' }] });
  });
});

describe('a blind transfer in the journal', () => {
  it('gives each agent their own part and their own time', async () => {
    happens(
      ...talking,
      transfersTo('c1', '1001', '1002'),
      ringsDirectlyAt('c1', '1002'),
      offerEnds('c1', 'c1-1002', '1002', 'answered'),
      transferEnds('c1', 'completed'),
    );
    await written('1001', 'transferred');
    expect(await recent('1001')).toMatchObject({ remoteNumber: '+33199000000', queueName: 'Support' });
    const sendersEnd = (await recent('1001'))?.endedAt;
    happens(hangsUp('c1', '1002'));
    await written('1002', 'completed');
    expect(await recent('1002')).toMatchObject({ remoteNumber: '+33199000000', direction: 'inbound' });
    expect(await recent('1001'), 'the sender’s line stays as it was').toMatchObject({
      endCause: 'transferred',
      endedAt: sendersEnd,
    });
    expect(await one('1001')).toMatchObject({ talkMs: 5000 });
    expect(await one('1002')).toMatchObject({ talkMs: 4000, endCause: 'completed' });
    const whole = await one('2001');
    expect(whole).toMatchObject({ endCause: 'completed', talkMs: 9000, queueWaitMs: 6000 });
    expect(whole.events.map(event => event.type).filter(type => type.startsWith('transfer'))).toEqual([
      'transfer-started',
      'transfer-ended',
    ]);
  });

  it('that comes back counts both talks of the sender, and the wait if it went to the queue', async () => {
    happens(
      ...talking,
      ...failed,
      ringsDirectlyAt('c1', '1001', 'transfer-1'),
      offerEnds('c1', 'c1-1001-again', '1001', 'ring-no-answer'),
      [{ type: 'queue-joined', callId: 'c1', queueId: 'support', position: 1 }],
    );
    await expect.poll(async () => (await one('2001')).queueWaitMs).toBe(7000); // 6 s, and 1 s of the second
    happens([
      { type: 'queue-left', callId: 'c1', queueId: 'support', cause: 'abandoned' },
      { type: 'leg-ended', callId: 'c1', legId: 'c1-customer', cause: 'completed' },
      { type: 'call-ended', callId: 'c1', cause: 'completed' },
    ]);
    await expect.poll(async () => (await one('2001')).endCause).toBe('completed');
    expect(await one('2001')).toMatchObject({ queueWaitMs: 7000, talkMs: 5000 });
    expect(await recent('1001')).toMatchObject({ endCause: 'transferred' });
    expect(await recent('1002')).toMatchObject({ endCause: 'rejected', answeredAt: null });
  });

  it('names the queue that rang: who was chosen by the second queue sees the second', async () => {
    const second: UntimedEvent[] = [
      { type: 'queue-joined', callId: 'c1', queueId: 'sales', position: 1 },
      { type: 'leg-started', callId: 'c1', legId: 'c1-1002', role: 'agent', number: '1002', extension: '1002' },
      {
        type: 'offered',
        callId: 'c1',
        legId: 'c1-1002',
        extension: '1002',
        queueId: 'sales',
        returnedTransferId: null,
      },
      ...offerEnds('c1', 'c1-1002', '1002', 'answered'),
    ];
    happens(...talking, transfersTo('c1', '1001', '8002'), second, hangsUp('c1', '1002'));
    await written('1002', 'completed');
    expect(await recent('1001')).toMatchObject({ queueName: 'Support', endCause: 'transferred' });
    expect(await recent('1002')).toMatchObject({ queueName: 'Sales' });
    expect(await one('2001')).toMatchObject({ queueName: 'Support' });
  });

  it('of a call that the sender placed ends the sender’s line there, and shows the colleague whom was called', async () => {
    happens(
      [
        {
          type: 'call-started',
          callId: 'c1',
          direction: 'outbound',
          from: { number: '1001', name: null },
          to: { number: '0145000200' },
        },
        { type: 'leg-started', callId: 'c1', legId: 'c1-1001', role: 'agent', number: '1001', extension: '1001' },
        {
          type: 'leg-started',
          callId: 'c1',
          legId: 'c1-customer',
          role: 'customer',
          number: '0145000200',
          extension: null,
        },
        { type: 'leg-answered', callId: 'c1', legId: 'c1-customer' },
        { type: 'leg-answered', callId: 'c1', legId: 'c1-1001' },
      ],
      transfersTo('c1', '1001', '1002'),
      ringsDirectlyAt('c1', '1002'),
      offerEnds('c1', 'c1-1002', '1002', 'answered'),
    );
    await written('1001', 'transferred');
    const sendersEnd = (await recent('1001'))?.endedAt;
    happens(hangsUp('c1', '1002'));
    await written('1002', 'completed');
    expect(await recent('1001')).toMatchObject({ endCause: 'transferred', endedAt: sendersEnd });
    expect(await recent('1002')).toMatchObject({ remoteNumber: '0145000200' });
  });
});

describe('an attended transfer in the journal', () => {
  it('links the consultation to the call in which its parties went on', async () => {
    happens(...talking, consults('c2', '1001', '1002'), transfersAttended('c1', 'c2', ['1001', '1002']));
    await written('1002', 'transferred', 'c2');
    happens(hangsUp('c1', '1002'));
    await written('1002', 'completed');
    expect(await one('1001')).toMatchObject({ consultCallIds: ['c2'], continuedIn: null, endCause: 'transferred' });
    expect(await one('1001', 'c2')).toMatchObject({
      consultCallIds: [],
      continuedIn: 'c1',
      endCause: 'transferred',
      remoteNumber: '1002',
    });
    expect(await recent('1002')).toMatchObject({ remoteNumber: '+33199000000' });
    expect(await recent('1002', 'c2')).toMatchObject({ remoteNumber: '1001', endCause: 'transferred' });
  });
});

describe('availability around transfers', () => {
  it('lets the sender go with the transfer and keeps the target', async () => {
    happens(...talking, transfersTo('c1', '1001', '1002'), ringsDirectlyAt('c1', '1002'));
    expect(await states()).toEqual(['available', 'reserved']);
    happens(offerEnds('c1', 'c1-1002', '1002', 'answered'), transferEnds('c1', 'completed'));
    expect(await states()).toEqual(['available', 'on-call']);
    happens(hangsUp('c1', '1002'));
    expect(await states()).toEqual(['available', 'available']);
  });

  it('reserves the sender again when the call comes back', async () => {
    happens(...talking, ...failed, ringsDirectlyAt('c1', '1001', 'transfer-1'));
    expect(await states()).toEqual(['reserved', 'available']);
    happens(offerEnds('c1', 'c1-1001-again', '1001', 'answered'));
    expect(await states()).toEqual(['on-call', 'available']);
  });

  it('only reserves, and does not connect, a sender who had placed the call', async () => {
    happens(
      consults('c1', '1001', '2001'),
      transfersTo('c1', '1001', '1002'),
      ringsDirectlyAt('c1', '1002'),
      offerEnds('c1', 'c1-1002', '1002', 'declined'),
      transferEnds('c1', 'rejected'),
      ringsDirectlyAt('c1', '1001', 'transfer-1'),
    );
    expect(await states()).toEqual(['reserved', 'available']);
    happens(offerEnds('c1', 'c1-1001-again', '1001', 'ring-no-answer'));
    expect(await states()).toEqual(['available', 'available']);
  });

  it('goes on while the consulted colleague changes from one call to the other', async () => {
    happens(...talking, consults('c2', '1001', '1002'));
    expect(await states()).toEqual(['on-call', 'on-call']);
    happens(transfersAttended('c1', 'c2', ['1001', '1002']));
    expect(await states()).toEqual(['available', 'on-call']);
    happens(hangsUp('c1', '1002'));
    expect(await states()).toEqual(['available', 'available']);
  });

  it('goes on through a conference until each has left it', async () => {
    happens(
      ...talking,
      consults('c2', '1001', '1002'),
      comesInto('c1', '1002'),
      consultationEnds('c2', '1001', '1002'),
      [{ type: 'conference-started', callId: 'c1' }],
    );
    expect(await states()).toEqual(['on-call', 'on-call']);
    happens([
      { type: 'leg-ended', callId: 'c1', legId: 'c1-1001', cause: 'completed' },
      { type: 'conference-ended', callId: 'c1' },
    ]);
    expect(await states()).toEqual(['available', 'on-call']);
    happens(hangsUp('c1', '1002'));
    expect(await states()).toEqual(['available', 'available']);
  });
});

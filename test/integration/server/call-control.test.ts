import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '../../../src-server/database/audit-table';
import { readPolicy, writePolicy } from '../../../src-server/database/policy-table';
import type { JournalledCall } from '../../../src-shared/server-api/rest-routes';
import {
  answeredAt,
  callsOutside,
  comesInto,
  consultationEnds,
  consults,
  customerJoins,
  hangsUp,
  ringsAt,
  rungFor,
  told,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { openDatabaseOf } from '../../rig/postgres';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
let bruno: string;
let supervisor: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  alice = (await centre.signIn('1001')).accessToken;
  bruno = (await centre.signIn('1002')).accessToken;
  supervisor = (await centre.signIn('2001')).accessToken;
  centre.telephony.asked.length = 0;
});
afterEach(() => centre.close());

const happens = (...parts: readonly UntimedEvent[][]): void =>
  centre.telephony.tell(...told(centre.clock.now(), parts.flat()));
const post = (token: string, url: string, payload: object): Promise<LightMyRequestResponse> =>
  centre.ask('POST', url, { token, payload });
const put = (token: string, url: string, payload: object): Promise<LightMyRequestResponse> =>
  centre.ask('PUT', url, { token, payload });
/** Alice talks with a customer in c1. */
const talking = [customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001')];
const audited = async (subject: string) => {
  const db = await openDatabaseOf(centre.folder);
  try {
    return await auditOf(db, subject);
  } finally {
    await db.destroy();
  }
};

describe('click-to-dial', () => {
  it('rings the own phone of who asks, with the number as it may be dialled', async () => {
    centre.telephony.registered.add('1001');
    const answer = await post(alice, '/api/calls/dial', { number: ' 01 45-00.02 00 ', extension: '1002' });
    expect(answer.json()).toEqual({ callId: 'dialled-by-1001' });
    expect(centre.telephony.asked).toEqual(['dial 1001 0145000200']);
  });

  it.each([
    ['0145x', 400, 'dial/not-a-number'],
    ['…', 400, 'dial/not-a-number'],
    [' - ', 400, 'dial/empty'],
    ['1'.repeat(33), 400, 'dial/too-long'],
    ['', 400, 'ipc/bad-input'],
    ['1'.repeat(129), 400, 'ipc/bad-input'],
    ['0145000200', 409, 'line/not-ready'],
  ])('refuses %j with %d %s', async (number, status, code) => {
    centre.telephony.registered.clear();
    const answer = await post(alice, '/api/calls/dial', { number });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(centre.telephony.asked).toEqual([]);
  });
});

describe('what may be done with a call', () => {
  const orders = [
    ['the recording', 'PUT', '/api/calls/c1/recording', { isPaused: true }, 'pause recording c1'],
    ['the recording again', 'PUT', '/api/calls/c1/recording', { isPaused: false }, 'resume recording c1'],
    ['a party’s voice', 'PUT', '/api/calls/c1/parties/c1-customer', { isMuted: true }, 'mute c1 c1-customer'],
    ['a party', 'POST', '/api/calls/c1/parties/c1-customer/drop', {}, 'drop c1 c1-customer'],
    ['where it goes', 'POST', '/api/calls/c1/transfer', { number: '2001' }, 'transfer c1 1001 2001'],
  ] as const;

  it.each(orders)('%s: by who talks in it', async (...order) => {
    const [, method, url, payload, asked] = order;
    happens(...talking);
    const answer = await centre.ask(method, url, { token: alice, payload });
    expect(answer.json()).toEqual({ done: true });
    expect(centre.telephony.asked).toEqual([asked]);
  });

  it.each(orders)(
    '%s: not by a colleague or a supervisor who has no part in it',
    async (_what, method, url, payload) => {
      happens(...talking);
      for (const token of [bruno, supervisor]) {
        const answer = await centre.ask(method, url, { token, payload });
        const missing = await centre.ask(method, url.replace('c1', 'c9'), { token, payload });
        expect([answer.statusCode, answer.json()]).toEqual([404, missing.json()]);
      }
      expect(centre.telephony.asked).toEqual([]);
    },
  );

  it.each(orders)('%s: not before it is answered, and not when it is over', async (_what, method, url, payload) => {
    happens(customerJoins('c1'), ringsAt('c1', '1001'));
    expect((await centre.ask(method, url, { token: alice, payload })).statusCode).toBe(404);
    happens(answeredAt('c1', '1001'), hangsUp('c1', '1001'));
    expect((await centre.ask(method, url, { token: alice, payload })).statusCode).toBe(404);
    expect(centre.telephony.asked).toEqual([]);
  });

  it('does not reach one’s own part, nor one of another call', async () => {
    happens(...talking, consults('c2', '1002', '2001'));
    const own = await post(alice, '/api/calls/c1/parties/c1-1001/drop', {});
    expect([own.statusCode, own.json<{ code: string }>().code]).toEqual([409, 'call/not-allowed']);
    const foreign = await post(alice, '/api/calls/c1/parties/c2-1002/drop', {});
    expect([foreign.statusCode, foreign.json<{ code: string }>().code]).toEqual([404, 'not-found']);
    expect(centre.telephony.asked).toEqual([]);
  });

  it('writes down who paused a recording', async () => {
    happens(...talking);
    await put(alice, '/api/calls/c1/recording', { isPaused: true });
    await put(alice, '/api/calls/c1/recording', { isPaused: false });
    expect(await audited('c1')).toEqual([
      { personId: 'person-1001', action: 'recording.paused', detail: '' },
      { personId: 'person-1001', action: 'recording.resumed', detail: '' },
    ]);
  });
});

describe('a conference', () => {
  it('is made of two calls of who asks, and the story of the first names the second', async () => {
    happens(...talking, consults('c2', '1001', '1002'));
    expect((await post(alice, '/api/calls/c1/merge', { consultCallId: 'c2' })).json()).toEqual({ done: true });
    expect(centre.telephony.asked).toEqual(['merge c1 c2']);
    happens(comesInto('c1', '1002'), consultationEnds('c2', '1001', '1002'), [
      { type: 'conference-started', callId: 'c1' },
    ]);
    const story = async (callId: string): Promise<JournalledCall> =>
      (await centre.ask('GET', `/api/calls/${callId}`, { token: alice })).json<JournalledCall>();
    await expect.poll(async () => (await story('c1')).events.at(-1)?.type).toBe('conference-started');
    expect(await story('c1')).toMatchObject({ consultCallIds: ['c2'] });
    expect(await story('c2')).toMatchObject({ continuedIn: 'c1', endCause: 'transferred' });
    // Bruno is in it now.
    expect((await put(bruno, '/api/calls/c1/parties/c1-customer', { isMuted: true })).statusCode).toBe(200);
  });

  it.each([
    ['a call of colleagues', 'c1', 'c3', 404, 'call/unknown'],
    ['into a call of colleagues', 'c3', 'c1', 404, 'call/unknown'],
    ['a call that is not', 'c1', 'c9', 404, 'call/unknown'],
    ['a call with itself', 'c1', 'c1', 409, 'call/not-allowed'],
  ])('is not made with %s', async (...unmade) => {
    const [, callId, consultCallId, status, code] = unmade;
    happens(...talking, consults('c3', '1002', '2001'));
    const answer = await post(alice, `/api/calls/${callId}/merge`, { consultCallId });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(centre.telephony.asked).toEqual([]);
  });
});

describe('a phone that cannot be told to send its call on', () => {
  it('has it sent by the centre; what is no number is refused', async () => {
    happens(...talking);
    expect((await post(alice, '/api/calls/c1/transfer', { number: '20 01' })).json()).toEqual({ done: true });
    expect(centre.telephony.asked).toEqual(['transfer c1 1001 2001']);
    const refused = await post(alice, '/api/calls/c1/transfer', { number: 'twelve' });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([400, 'dial/not-a-number']);
    expect(centre.telephony.asked).toHaveLength(1);
  });

  it('leaves the parties of its two calls with each other', async () => {
    happens(...talking, consults('c2', '1001', '1002'));
    expect((await post(alice, '/api/calls/c1/complete', { consultCallId: 'c2' })).json()).toEqual({ done: true });
    expect(centre.telephony.asked).toEqual(['complete c1 with c2 for 1001']);
  });

  it('is not sent to itself', async () => {
    happens(...talking);
    const refused = await post(alice, '/api/calls/c1/transfer', { number: '1001' });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'transfer/to-oneself']);
    expect(centre.telephony.asked).toEqual([]);
  });

  it('has a ringing call sent on by the centre only where it is a phone on the desk', async () => {
    const own = { callId: 'c2', legId: 'c2-1001' };
    const rung: readonly UntimedEvent[] = [
      { type: 'leg-started', ...own, role: 'agent', number: '1001', extension: '1001' },
      { type: 'leg-ringing', ...own },
    ];
    happens(...talking, [...rungFor('c2', '1002', '1001'), ...rung], customerJoins('c3'), ringsAt('c3', '1001'));
    const sent = async (callId: string) => {
      const answer = await post(alice, `/api/calls/${callId}/send-on`, { number: '1003' });
      return [answer.statusCode, answer.json<{ code: string }>().code];
    };
    expect(await sent('c2')).toEqual([409, 'call/not-allowed']);
    expect(await sent('c1')).toEqual([404, 'call/unknown']); // it talks
    expect(await sent('c3')).toEqual([404, 'call/unknown']); // a queue offers it
    expect(await sent('c9')).toEqual([404, 'call/unknown']);
    expect(centre.telephony.asked).toEqual([]);
  });

  it('is held by the centre only where it is a phone on the desk', async () => {
    happens(...talking);
    const refused = await put(alice, '/api/calls/c1/hold', { isHeld: true });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'call/not-allowed']);
    expect((await put(alice, '/api/calls/c9/hold', { isHeld: true })).statusCode).toBe(404);
    expect(centre.telephony.asked).toEqual([]);
  });

  it('has its call ended by the centre: one that it is up in or has placed, not one that only rings there', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1001'));
    expect((await post(alice, '/api/calls/c1/hang-up', {})).statusCode).toBe(404);
    happens(answeredAt('c1', '1001'));
    expect((await post(alice, '/api/calls/c1/hang-up', {})).json()).toEqual({ done: true });
    happens(rungFor('c2', '1001', '1002'));
    expect((await post(alice, '/api/calls/c2/hang-up', {})).json()).toEqual({ done: true });
    for (const callId of ['c1', 'c2', 'c9'])
      expect((await post(bruno, `/api/calls/${callId}/hang-up`, {})).statusCode).toBe(404);
    expect(centre.telephony.asked).toEqual(['hang up c1 for 1001', 'hang up c2 for 1001']);
  });
});

describe('who may not send calls outside', () => {
  const outside = '0033145550101';
  const codeOf = (answer: LightMyRequestResponse): unknown => [answer.statusCode, answer.json<{ code: string }>().code];
  /** As an administrator sets it beside the running server. */
  const onlySupervisors = async (): Promise<void> => {
    const db = await openDatabaseOf(centre.folder);
    try {
      await writePolicy(db, { ...(await readPolicy(db)), transfer: { outsideRoles: ['supervisor'] } });
    } finally {
      await db.destroy();
    }
    centre.clock.pass(2_000);
    const policy = async (): Promise<unknown> => (await centre.ask('GET', '/api/policy', { token: alice })).json();
    await expect.poll(policy).toMatchObject({ transfer: { outsideRoles: ['supervisor'] } });
  };

  it('sends none there, neither at once nor by bringing together, and may do all of it inside', async () => {
    await onlySupervisors();
    happens(...talking, callsOutside('c2', '1001', outside), consults('c3', '1001', '1002'));
    const forbidden = [403, 'transfer/not-outside'];
    expect(codeOf(await post(alice, '/api/calls/c1/transfer', { number: outside }))).toEqual(forbidden);
    expect(codeOf(await post(alice, '/api/calls/c1/complete', { consultCallId: 'c2' }))).toEqual(forbidden);
    expect(codeOf(await post(alice, '/api/calls/c2/complete', { consultCallId: 'c1' }))).toEqual(forbidden);
    expect(codeOf(await post(alice, '/api/calls/c1/merge', { consultCallId: 'c2' }))).toEqual(forbidden);
    expect(centre.telephony.asked).toEqual([]);
    expect((await post(alice, '/api/calls/c2/complete', { consultCallId: 'c3' })).statusCode).toBe(200);
    expect((await post(alice, '/api/calls/c1/transfer', { number: '8002' })).statusCode).toBe(200);
  });

  it('two customers who called by themselves may be brought together', async () => {
    await onlySupervisors();
    happens(...talking, customerJoins('c2'), ringsAt('c2', '1001'), answeredAt('c2', '1001'));
    expect((await post(alice, '/api/calls/c1/merge', { consultCallId: 'c2' })).statusCode).toBe(200);
  });

  it('who may does', async () => {
    happens(...talking, callsOutside('c2', '1001', outside));
    expect((await post(alice, '/api/calls/c1/transfer', { number: outside })).statusCode).toBe(200);
    expect((await post(alice, '/api/calls/c1/merge', { consultCallId: 'c2' })).statusCode).toBe(200);
  });
});

describe('who waits in a queue', () => {
  beforeEach(() => {
    centre.telephony.waiting.set('support', [
      { callId: 'w1', number: '+33100000001' },
      { callId: 'w2', number: '+33100000002' },
    ]);
  });
  const move = { position: 1, reason: 'waits since yesterday' };

  it('is told in order, and moved with a reason that is kept', async () => {
    const before = await centre.ask('GET', '/api/queues/support/waiting', { token: supervisor });
    expect(before.json()).toEqual({
      callers: [
        { callId: 'w1', number: '+33100000001', position: 1 },
        { callId: 'w2', number: '+33100000002', position: 2 },
      ],
    });
    const after = await put(supervisor, '/api/queues/support/waiting/w2', move);
    expect(after.json<{ callers: { callId: string }[] }>().callers.map(caller => caller.callId)).toEqual(['w2', 'w1']);
    expect(await audited('w2')).toEqual([
      {
        personId: 'person-2001',
        action: 'queue.caller-moved',
        detail: JSON.stringify({ queueId: 'support', position: 1, reason: 'waits since yesterday' }),
      },
    ]);
  });

  it('is not for agents', async () => {
    const answers = [
      await centre.ask('GET', '/api/queues/support/waiting', { token: alice }),
      await put(alice, '/api/queues/support/waiting/w2', move),
    ];
    expect(answers.map(answer => [answer.statusCode, answer.json<{ code: string }>().code])).toEqual([
      [403, 'forbidden'],
      [403, 'forbidden'],
    ]);
    expect(centre.telephony.asked).toEqual([]);
  });

  it.each([
    ['an unknown queue', '/api/queues/none/waiting/w2', move, 404],
    ['somebody who does not wait', '/api/queues/support/waiting/w9', move, 404],
    ['no reason', '/api/queues/support/waiting/w2', { position: 1, reason: ' ' }, 400],
    ['a reason without end', '/api/queues/support/waiting/w2', { position: 1, reason: 'x'.repeat(201) }, 400],
    ['position 0', '/api/queues/support/waiting/w2', { position: 0, reason: 'x' }, 400],
    ['half a position', '/api/queues/support/waiting/w2', { position: 1.5, reason: 'x' }, 400],
  ])('does not change for %s', async (_what, url, payload, status) => {
    expect((await put(supervisor, url, payload)).statusCode).toBe(status);
    expect(centre.telephony.asked).toEqual([]);
    expect(await audited('w2')).toEqual([]);
  });
});

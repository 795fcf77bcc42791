import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readPolicy, writePolicy } from '../../../src-server/database/policy-table';
import type { ConsultContext } from '../../../src-shared/consult/consult-context';
import type { CustomerCard } from '../../../src-shared/customers/customer-card';
import {
  answeredAt,
  comesInto,
  consultationEnds,
  consults,
  customerJoins,
  hangsUp,
  notAnsweredAt,
  offerEnds,
  ringsAt,
  ringsDirectlyAt,
  told,
  transferEnds,
  transfersAttended,
  transfersTo,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { openDatabaseOf } from '../../rig/postgres';
import { codeOf } from './asking-centre';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
let bruno: string;
let marie: string;
let listener: LiveListener;
beforeEach(async () => {
  centre = await TestCentre.open();
  alice = (await centre.signIn('1001')).accessToken;
  bruno = (await centre.signIn('1002')).accessToken;
  marie = (await centre.signIn('2001')).accessToken;
  listener = await LiveListener.connect(`${(await centre.listen()).replace('http', 'ws')}/api/live`);
  listener.hello(marie);
  await vi.waitUntil(() => contexts() !== undefined, 8000);
});
afterEach(async () => {
  listener.socket.close();
  await centre.close();
});

/** What Marie, a supervisor, was told last. */
const contexts = (): readonly ConsultContext[] | undefined =>
  listener.events.findLast(event => event.type === 'consult.contexts')?.contexts;
const happens = (...parts: readonly UntimedEvent[][]): void =>
  centre.telephony.tell(...told(centre.clock.now(), parts.flat()));
const asks = (payload: object, { token = alice, callId = 'c1' } = {}): Promise<LightMyRequestResponse> =>
  centre.ask('PUT', `/api/calls/${callId}/consult`, { token, payload });
const aboutRefund = { to: '2001', reason: 'Wants a refund' };
/** Alice talks with a customer in c1. */
const talking = [customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001')];
const alone = [
  { type: 'leg-ended', callId: 'k1', legId: 'k1-2001', cause: 'completed' },
  { type: 'leg-ended', callId: 'k1', legId: 'k1-1001', cause: 'completed' },
  { type: 'call-ended', callId: 'k1', cause: 'completed' },
] as const satisfies readonly UntimedEvent[];

describe('what a colleague is told who is asked about a customer', () => {
  it('is whose call it is, what for, and how long the customer has been there', async () => {
    const startedAt = centre.clock.now();
    happens(...talking);
    expect((await asks({ to: '2001', reason: '  Wants a\u202e refund \n' })).json()).toEqual({ done: true });
    await expect.poll(contexts).toEqual([
      {
        callId: 'c1',
        consultCallId: null,
        by: { extension: '1001', name: 'Alice Martin' },
        reason: 'Wants a refund',
        queueName: 'Support',
        customer: { number: '+33199000000', name: 'Camille Roux' },
        startedAt,
        waitedMs: 6000,
        answeredAt: startedAt + 6000,
        askedAt: centre.clock.now(),
        hasCustomer: false,
      },
    ]);
    happens(consults('k1', '1001', '2001'));
    await expect.poll(contexts).toMatchObject([{ consultCallId: 'k1', hasCustomer: false }]);
  });

  it('has no number where numbers are masked', async () => {
    const db = await openDatabaseOf(centre.folder);
    await writePolicy(db, { ...(await readPolicy(db)), numbers: 'masked' });
    await db.destroy();
    centre.clock.pass(2_000);
    const policy = (): Promise<LightMyRequestResponse> => centre.ask('GET', '/api/policy', { token: alice });
    await expect.poll(async () => (await policy()).json<object>()).toMatchObject({ numbers: 'masked' });
    happens(...talking);
    await asks(aboutRefund);
    await expect.poll(contexts).toMatchObject([{ customer: { number: '+3319900••••' } }]);
    const card = await centre.ask('GET', '/api/calls/c1/customer', { token: marie });
    expect(card.body).not.toContain('199000000');
  });

  it('is told again to who reconnects', async () => {
    happens(...talking);
    await asks(aboutRefund);
    const again = await LiveListener.connect(`${centre.app.listeningOrigin.replace('http', 'ws')}/api/live`);
    again.hello(marie);
    await expect
      .poll(() => again.events.findLast(event => event.type === 'consult.contexts')?.contexts)
      .toMatchObject([{ callId: 'c1' }]);
    again.socket.close();
  });

  it('is replaced by what is asked next, also of somebody else', async () => {
    happens(...talking);
    await asks(aboutRefund);
    await asks({ ...aboutRefund, reason: '' });
    await expect.poll(contexts).toMatchObject([{ reason: '' }]);
    await asks({ to: '2002', reason: 'Marie is away' });
    await expect.poll(contexts).toEqual([]);
  });

  it.each([
    ['a stranger’s call', () => asks(aboutRefund, { token: bruno }), 404, 'call/unknown'],
    ['no call at all', () => asks(aboutRefund, { callId: 'c9' }), 404, 'call/unknown'],
    ['nobody’s extension', () => asks({ to: '8001', reason: '' }), 404, 'not-found'],
    ['oneself', () => asks({ to: '1001', reason: '' }), 409, 'call/not-allowed'],
    ['too many words', () => asks({ to: '2001', reason: 'x'.repeat(201) }), 400, 'ipc/bad-input'],
    ['no words', () => asks({ to: '2001' }), 400, 'ipc/bad-input'],
  ])('is refused about %s', async (_title, ask, status, code) => {
    happens(...talking);
    const answer = await ask();
    expect([answer.statusCode, codeOf(answer)]).toEqual([status, code]);
    expect(contexts()).toEqual([]);
  });
});

describe('the consultation is over', () => {
  const consulting = async (): Promise<void> => {
    happens(...talking);
    await asks(aboutRefund);
    happens(consults('k1', '1001', '2001'));
    await expect.poll(contexts).toMatchObject([{ consultCallId: 'k1' }]);
  };

  it('when the agent goes back to the customer', async () => {
    await consulting();
    happens([...alone]);
    await expect.poll(contexts).toEqual([]);
  });

  it('when the customer hangs up during it', async () => {
    await consulting();
    happens(hangsUp('c1', '1001'));
    await expect.poll(contexts).toEqual([]);
  });

  it('when the agent is gone and the customer waits again', async () => {
    await consulting();
    happens([{ type: 'leg-ended', callId: 'c1', legId: 'c1-1001', cause: 'line-lost' }]);
    await expect.poll(contexts).toEqual([]);
  });

  it('not when the customer was transferred: then when the colleague has done', async () => {
    await consulting();
    happens(transfersAttended('c1', 'k1', ['1001', '2001']));
    await expect.poll(contexts).toMatchObject([{ callId: 'c1', consultCallId: 'k1', hasCustomer: true }]);
    happens(hangsUp('c1', '2001'));
    await expect.poll(contexts).toEqual([]);
  });

  it('not in a conference, nor when the agent leaves it', async () => {
    await consulting();
    happens(comesInto('c1', '2001'), consultationEnds('k1', '1001', '2001'), [
      { type: 'conference-started', callId: 'c1' },
      { type: 'leg-ended', callId: 'c1', legId: 'c1-1001', cause: 'completed' },
    ]);
    await expect.poll(contexts).toMatchObject([{ hasCustomer: true }]);
    happens([{ type: 'leg-ended', callId: 'c1', legId: 'c1-2001', cause: 'completed' }]);
    await expect.poll(contexts).toEqual([]);
  });
});

describe('a customer who is sent on without a consultation', () => {
  it('comes with the same words', async () => {
    happens(...talking);
    await asks(aboutRefund);
    happens(transfersTo('c1', '1001', '2001'), ringsDirectlyAt('c1', '2001'));
    await expect.poll(contexts).toMatchObject([{ consultCallId: null, hasCustomer: false }]);
    happens(offerEnds('c1', 'c1-2001', '2001', 'answered'), transferEnds('c1', 'completed'));
    await expect.poll(contexts).toMatchObject([{ hasCustomer: true }]);
  });

  it('and not taken is nothing to know of any more', async () => {
    happens(...talking);
    await asks(aboutRefund);
    happens(transfersTo('c1', '1001', '2001'), ringsDirectlyAt('c1', '2001'), [
      ...offerEnds('c1', 'c1-2001', '2001', 'declined'),
      ...transferEnds('c1', 'rejected'),
    ]);
    await expect.poll(contexts).toEqual([]);
  });

  it('and goes to somebody else instead', async () => {
    happens(...talking);
    await asks(aboutRefund);
    happens(transfersTo('c1', '1001', '1002'), ringsDirectlyAt('c1', '1002'), [
      ...offerEnds('c1', 'c1-1002', '1002', 'answered'),
      ...transferEnds('c1', 'completed'),
    ]);
    await expect.poll(contexts).toEqual([]);
  });
});

describe('the customer of a call', () => {
  const card = async (token: string, callId = 'c1'): Promise<CustomerCard> =>
    (await centre.ask('GET', `/api/calls/${callId}/customer`, { token })).json<CustomerCard>();

  it('has the earlier calls with the number, with what was written down of them', async () => {
    happens(customerJoins('c0'), ringsAt('c0', '1002'), answeredAt('c0', '1002'), hangsUp('c0', '1002'));
    const outcome = { id: '8d6a2f3c-1111-4222-8333-444455556666', dispositionId: null, note: 'Promised to call back' };
    await centre.ask('PUT', '/api/calls/c0/outcome', { token: bruno, payload: { ...outcome, savedAt: 1 } });
    centre.clock.pass(20_000);
    happens(customerJoins('c00'), ringsAt('c00', '1002'), notAnsweredAt('c00', '1002', 'caller-left'), [
      { type: 'call-ended', callId: 'c00', cause: 'caller-cancelled' },
    ]);
    centre.clock.pass(20_000);
    happens(...talking);
    const { calls, ...customer } = await card(alice);
    expect(customer).toMatchObject({ number: '+33199000000', name: 'Camille Roux' });
    expect(calls.length).toBe(Math.min(10, customer.callCount));
    expect(calls.slice(0, 2)).toMatchObject([
      { callId: 'c00', agents: [], answeredAt: null, endCause: 'caller-cancelled' },
      { callId: 'c0', agents: ['Bruno Lefèvre'], outcomes: [{ by: 'Bruno Lefèvre', note: 'Promised to call back' }] },
    ]);
  });

  it('is shown to who takes part, who is asked, and who leads; to nobody else', async () => {
    happens(...talking);
    const status = async (token: string): Promise<number> =>
      (await centre.ask('GET', '/api/calls/c1/customer', { token })).statusCode;
    expect([await status(alice), await status(bruno), await status(marie)]).toEqual([200, 404, 200]);
    await asks({ to: '1002', reason: '' });
    expect(await status(bruno)).toBe(200);
    happens(hangsUp('c1', '1001'));
    expect(await status(bruno)).toBe(404);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentStatus } from '../../../src-shared/agent/agent-state';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
import {
  answeredAt,
  customerJoins,
  hangsUp,
  notAnsweredAt,
  ringsAt,
  told,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let token: string;
let refreshToken: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  ({ accessToken: token, refreshToken } = await centre.signIn('1001'));
});
afterEach(() => centre.close());

const restart = async (): Promise<void> => {
  await centre.app.close();
  const { folder, clock } = centre;
  centre = await TestCentre.open({ folder, clock });
  const answer = await centre.ask('POST', '/api/sign-in/refresh', { payload: { refreshToken } });
  ({ accessToken: token, refreshToken } = answer.json<RouteOutput<'sign-in.refresh'>>());
};
const asks = (wanted: object) => centre.ask('PUT', '/api/agent/availability', { token, payload: wanted });
const state = async (): Promise<AgentStatus> =>
  (await centre.ask('GET', '/api/agent', { token })).json<{ status: AgentStatus }>().status;
const happens = (...parts: readonly UntimedEvent[][]): void =>
  centre.telephony.tell(...told(centre.clock.now(), parts.flat()));
const pauses = (): string[] => centre.telephony.asked.filter(asked => asked.includes('pause 1001'));

describe('availability', () => {
  it('begins on a break, because work begins when the person says so', async () => {
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'sign-in' });
    expect(pauses()).toEqual([]);
  });

  it('is told to the engine, once for each change', async () => {
    expect((await asks({ state: 'available' })).json()).toMatchObject({ state: 'available', reason: null });
    expect((await asks({ state: 'available' })).statusCode, 'asked twice').toBe(200);
    expect((await asks({ state: 'on-break', reason: 'lunch' })).json()).toMatchObject({
      state: 'on-break',
      reason: 'lunch',
    });
    expect(pauses()).toEqual(['unpause 1001', 'pause 1001 lunch']);
  });

  it('follows a queue call: reserved, on a call, available', async () => {
    await asks({ state: 'available' });
    happens(customerJoins('c1'), ringsAt('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'reserved' });
    happens(answeredAt('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'on-call' });
    happens(hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'available' });
    expect(pauses(), 'the engine knows by itself who is busy').toEqual(['unpause 1001']);
  });

  it.each(['ring-no-answer', 'declined', 'caller-left'] as const)(
    'is available again after an offer that ended by %s',
    async cause => {
      await asks({ state: 'available' });
      happens(customerJoins('c1'), ringsAt('c1', '1001'), notAnsweredAt('c1', '1001', cause));
      expect(await state()).toMatchObject({ state: 'available' });
    },
  );

  it('plans a break during a call and pauses at once, so that no call slips in between', async () => {
    await asks({ state: 'available' });
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    expect((await asks({ state: 'on-break', reason: 'lunch' })).json()).toMatchObject({
      state: 'on-call',
      nextBreak: 'lunch',
    });
    expect(pauses()).toEqual(['unpause 1001', 'pause 1001 lunch']);
    happens(hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'lunch', nextBreak: null });
  });

  it('takes a planned break back', async () => {
    await asks({ state: 'available' });
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    await asks({ state: 'on-break', reason: 'lunch' });
    expect((await asks({ state: 'available' })).json()).toMatchObject({ state: 'on-call', nextBreak: null });
    happens(hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'available' });
  });

  it('is on a call from the moment of dialling, and back on the break afterwards', async () => {
    await asks({ state: 'on-break', reason: 'meeting' });
    happens([
      {
        type: 'call-started',
        callId: 'c1',
        direction: 'outbound',
        from: { number: '1001', name: null },
        to: { number: '0145000486' },
      },
      { type: 'leg-started', callId: 'c1', legId: 'a', role: 'agent', number: '1001', extension: '1001' },
    ]);
    expect(await state()).toMatchObject({ state: 'on-call' });
    happens([
      { type: 'leg-ended', callId: 'c1', legId: 'a', cause: 'busy' },
      { type: 'call-ended', callId: 'c1', cause: 'busy' },
    ]);
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'meeting' });
  });

  it('stays on a call while one of two calls ends', async () => {
    await asks({ state: 'available' });
    happens(
      customerJoins('c1'),
      ringsAt('c1', '1001'),
      answeredAt('c1', '1001'),
      customerJoins('c2'),
      ringsAt('c2', '1001'),
      answeredAt('c2', '1001'),
      hangsUp('c1', '1001'),
    );
    expect(await state()).toMatchObject({ state: 'on-call' });
    happens(hangsUp('c2', '1001'));
    expect(await state()).toMatchObject({ state: 'available' });
  });

  it('is reserved again when a call ends while the next one rings', async () => {
    await asks({ state: 'available' });
    happens(
      customerJoins('c1'),
      ringsAt('c1', '1001'),
      answeredAt('c1', '1001'),
      customerJoins('c2'),
      ringsAt('c2', '1001'),
      hangsUp('c1', '1001'),
    );
    expect(await state()).toMatchObject({ state: 'reserved' });
    happens(notAnsweredAt('c2', '1001', 'caller-left'));
    expect(await state()).toMatchObject({ state: 'available' });
  });

  it('ends with the session', async () => {
    await asks({ state: 'available' });
    await centre.ask('POST', '/api/sign-out', { token, payload: {} });
    expect(pauses()).toEqual(['unpause 1001', 'pause 1001']);
  });

  it.each([
    ['available', { state: 'available' }, { state: 'available', reason: null }],
    ['on a break', { state: 'on-break', reason: 'lunch' }, { state: 'on-break', reason: 'lunch' }],
  ])('goes on after a restart: %s', async (_name, wanted, expected) => {
    await asks(wanted);
    await restart();
    expect(await state()).toMatchObject(expected);
    expect(pauses()).toEqual(wanted.state === 'available' ? ['unpause 1001'] : []);
  });

  it('is free again after a restart in the middle of a call, or on the break that was planned', async () => {
    await asks({ state: 'available' });
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    await restart();
    expect(await state()).toMatchObject({ state: 'available' });
    happens(customerJoins('c2'), ringsAt('c2', '1001'), answeredAt('c2', '1001'));
    await asks({ state: 'on-break', reason: 'lunch' });
    await restart();
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'lunch' });
  });

  it('is refused to somebody who is not signed in', async () => {
    const headers = { 'x-demo-key': 'the key of this test' };
    const answer = await centre.ask('POST', '/api/demo/agents/bruno.lefevre/availability', {
      headers,
      payload: { state: 'available' },
    });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'agent/not-allowed' });
  });

  it.each([
    {},
    { state: 'on-break' },
    { state: 'on-break', reason: '' },
    { state: 'on-break', reason: 'x'.repeat(65) },
    { state: 'on-call' },
    [{ state: 'available' }],
  ])('is not changed by %j', async wanted => {
    const answer = await asks(wanted);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'ipc/bad-input' });
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'sign-in' });
  });
});

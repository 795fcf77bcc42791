import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentStatus } from '../../../src-shared/agent/agent-state';
import type { JournalledCall, RouteOutput } from '../../../src-shared/server-api/rest-routes';
import type { WrapUp } from '../../../src-shared/wrap-up/wrap-up';
import {
  answeredAt,
  consults,
  customerJoins,
  hangsUp,
  ringsAt,
  told,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
let refreshToken: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  await centre.wrapUpIs({ mode: 'extendable', seconds: 60, extensions: 1 });
  ({ accessToken: alice, refreshToken } = await centre.signIn('1001'));
  await wants({ state: 'available' });
});
afterEach(() => centre.close());

const wants = (payload: object) => centre.ask('PUT', '/api/agent/availability', { token: alice, payload });
const happens = (...parts: readonly UntimedEvent[][]): void =>
  centre.telephony.tell(...told(centre.clock.now(), parts.flat()));
const talks = (callId: string): void =>
  happens(customerJoins(callId), ringsAt(callId, '1001'), answeredAt(callId, '1001'));
const state = async (): Promise<AgentStatus> =>
  (await centre.ask('GET', '/api/agent', { token: alice })).json<{ status: AgentStatus }>().status;
const saves = (callId: string, more: object = {}, token = alice): Promise<LightMyRequestResponse> =>
  centre.ask('PUT', `/api/calls/${callId}/outcome`, {
    token,
    payload: { id: randomUUID(), dispositionId: 'solved', note: 'Lamp replaced', savedAt: centre.clock.now(), ...more },
  });
const extends_ = (): Promise<LightMyRequestResponse> =>
  centre.ask('POST', '/api/wrap-up/extend', { token: alice, payload: {} });
const codeOf = (answer: LightMyRequestResponse): string => answer.json<{ code: string }>().code;
const pauses = (): string[] => centre.telephony.asked.filter(asked => asked.includes('pause 1001'));
const one = async (callId: string): Promise<JournalledCall> =>
  (await centre.ask('GET', `/api/calls/${callId}`, { token: alice })).json<JournalledCall>();

describe('the work after a queue call', () => {
  it('begins when the call ends and keeps the next call away from the moment of the answer', async () => {
    talks('c1');
    await expect.poll(pauses).toEqual(['unpause 1001', 'pause 1001 wrap-up']);
    happens(hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'wrap-up' });
    centre.clock.pass(59_999);
    expect(await state()).toMatchObject({ state: 'wrap-up' });
    centre.clock.pass(1);
    await expect.poll(state).toMatchObject({ state: 'available' });
    expect(pauses()).toEqual(['unpause 1001', 'pause 1001 wrap-up', 'unpause 1001']);
  });

  it('is told with whom, and how long', async () => {
    const live = await LiveListener.connect(`${(await centre.listen()).replace('http', 'ws')}/api/live`);
    live.hello(alice);
    const heard = (): (WrapUp | null)[] =>
      live.events.flatMap(event => (event.type === 'wrap-up.changed' ? [event.wrapUp] : []));
    await expect.poll(heard).toEqual([null]);
    talks('c1');
    happens(hangsUp('c1', '1001'));
    const startedAt = centre.clock.now();
    const expected = { callId: 'c1', queueId: 'support', customerNumber: '+33199000000', startedAt, extensionsLeft: 1 };
    await expect.poll(() => heard()[1]).toMatchObject({ ...expected, endsAt: startedAt + 60_000 });
    await expect.poll(() => heard().at(-1)).toMatchObject({ ...expected, customerName: 'Camille Roux' });
    await saves('c1');
    await expect.poll(() => heard().at(-1)).toBeNull();
  });

  it('gets more time as often as the policy allows', async () => {
    expect(codeOf(await extends_())).toBe('wrap-up/over');
    talks('c1');
    happens(hangsUp('c1', '1001'));
    expect((await extends_()).json()).toMatchObject({ endsAt: centre.clock.now() + 90_000, extensionsLeft: 0 });
    expect(codeOf(await extends_())).toBe('wrap-up/no-more-time');
    centre.clock.pass(89_999);
    expect(await state()).toMatchObject({ state: 'wrap-up' });
    centre.clock.pass(1);
    await expect.poll(state).toMatchObject({ state: 'available' });
  });

  it('ends in the break that was planned, and when the agent says so', async () => {
    talks('c1');
    await wants({ state: 'on-break', reason: 'lunch' });
    happens(hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'wrap-up', nextBreak: 'lunch' });
    await saves('c1');
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'lunch' });
    await wants({ state: 'available' });
    talks('c2');
    happens(hangsUp('c2', '1001'));
    await wants({ state: 'available' });
    expect(await state()).toMatchObject({ state: 'available' });
    expect(codeOf(await extends_())).toBe('wrap-up/over');
  });

  it('is of the queue call, though a consultation ended last; calls without a queue have none', async () => {
    talks('c1');
    happens(consults('c2', '1001', '2001'), hangsUp('c1', '1001'));
    happens([{ type: 'leg-ended', callId: 'c2', legId: 'c2-1001', cause: 'completed' }]);
    expect(await state()).toMatchObject({ state: 'wrap-up' });
    expect((await extends_()).json()).toMatchObject({ callId: 'c1' });
    await saves('c1');
    happens(consults('c3', '1001', '2001'));
    happens([{ type: 'leg-ended', callId: 'c3', legId: 'c3-1001', cause: 'completed' }]);
    expect(await state()).toMatchObject({ state: 'available' });
  });

  it('there is none where the policy says so', async () => {
    await centre.wrapUpIs({ mode: 'none' });
    talks('c1');
    happens(hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'available' });
    expect(pauses()).toEqual(['unpause 1001']);
  });

  it('goes on after a restart of the server, to its own end', async () => {
    talks('c1');
    happens(hangsUp('c1', '1001'));
    await expect.poll(state).toMatchObject({ state: 'wrap-up' });
    await centre.app.close();
    const { folder, clock } = centre;
    clock.pass(20_000);
    centre = await TestCentre.open({ folder, clock });
    centre.telephony.registered.add('1001');
    const answer = await centre.ask('POST', '/api/sign-in/refresh', { payload: { refreshToken } });
    ({ accessToken: alice } = answer.json<RouteOutput<'sign-in.refresh'>>());
    expect(await state()).toMatchObject({ state: 'wrap-up' });
    clock.pass(39_999);
    expect(await state()).toMatchObject({ state: 'wrap-up' });
    clock.pass(1);
    await expect.poll(state).toMatchObject({ state: 'available' });
  });
});

describe('what came of a call', () => {
  it('is written once, however often it is sent, and ends the work', async () => {
    talks('c1');
    happens(hangsUp('c1', '1001'));
    const id = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => saves('c1', { id })));
    expect(answers.map(answer => answer.json<object>())).toEqual([{ done: true }, { done: true }, { done: true }]);
    expect(await state()).toMatchObject({ state: 'available' });
    expect((await saves('c1', { id, note: 'other' })).statusCode).toBe(200);
    expect((await one('c1')).outcomes).toMatchObject([
      { by: 'Alice Martin', disposition: { en: 'Solved', fr: 'Résolu' }, note: 'Lamp replaced' },
    ]);
  });

  it('comes late and leaves the next work alone', async () => {
    talks('c1');
    happens(hangsUp('c1', '1001'));
    centre.clock.pass(60_000);
    await expect.poll(state).toMatchObject({ state: 'available' });
    talks('c2');
    happens(hangsUp('c2', '1001'));
    expect((await saves('c1')).statusCode).toBe(200);
    expect(await state()).toMatchObject({ state: 'wrap-up' });
    expect((await one('c1')).outcomes).toHaveLength(1);
  });

  it('is said by who talked in it, in words that the queue has or had', async () => {
    const bruno = (await centre.signIn('1002')).accessToken;
    talks('c1');
    happens(hangsUp('c1', '1001'));
    await expect.poll(async () => (await one('c1')).endedAt).not.toBeNull();
    expect(codeOf(await saves('c1', {}, bruno))).toBe('call/unknown');
    expect(codeOf(await saves('c9'))).toBe('call/unknown');
    expect(codeOf(await saves('c1', { dispositionId: 'never-was' }))).toBe('ipc/bad-input');
    expect((await saves('c1', { dispositionId: null, note: '' })).statusCode).toBe(200);
  });
});

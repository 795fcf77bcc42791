import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentStatus } from '../../../src-shared/agent/agent-state';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
import { answeredAt, customerJoins, hangsUp, ringsAt } from '../../builders/a-told-call';
import { AskingCentre, available, codeOf, lunch, obeys, refuses } from './asking-centre';
import { TestCentre } from './test-centre';

let asking: AskingCentre;
let centre: TestCentre;
let alice: string;
beforeEach(async () => {
  asking = await AskingCentre.open();
  ({ centre, alice } = asking);
});
afterEach(() => centre.close());

const put: AskingCentre['put'] = (...given) => asking.put(...given);
const asks: AskingCentre['asks'] = (...given) => asking.asks(...given);
const state: AskingCentre['state'] = (...given) => asking.state(...given);
const happens: AskingCentre['happens'] = (...given) => asking.happens(...given);
const inDatabase: AskingCentre['inDatabase'] = look => asking.inDatabase(look);

describe('the line', () => {
  const gone = (): void => {
    centre.telephony.registered.delete('1001');
    centre.telephony.tell({ type: 'line-unregistered', extension: '1001', reason: 'expired', at: centre.clock.now() });
  };
  const back = (): void => {
    centre.telephony.registered.add('1001');
    centre.telephony.tell({ type: 'line-registered', extension: '1001', at: centre.clock.now() });
  };

  it('is needed to be available', async () => {
    gone();
    expect(codeOf(await asks(available))).toBe('line/not-ready');
    back();
    expect((await asks(available)).statusCode).toBe(200);
  });

  it('that is gone for longer than the grace time pauses, and the person comes back by one click', async () => {
    await asks(available);
    gone();
    centre.clock.pass(9_999);
    expect(await state()).toMatchObject({ state: 'available' });
    back();
    centre.clock.pass(60_000);
    expect(await state(), 'a short gap').toMatchObject({ state: 'available' });
    centre.telephony.tell({ type: 'line-signalling-lost', extension: '1001', at: centre.clock.now() });
    centre.clock.pass(10_000);
    await expect.poll(() => state()).toMatchObject({ state: 'on-break', reason: 'line' });
    expect(codeOf(await asks(available)), 'registered, but not to be reached').toBe('line/not-ready');
    back();
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'line' });
    expect((await asks(available)).json()).toMatchObject({ state: 'available' });
  });

  it('that is back before the call is over is forgotten', async () => {
    await asks(available);
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    gone();
    centre.clock.pass(10_000);
    await expect.poll(() => state()).toMatchObject({ state: 'on-call', nextBreak: 'line' });
    back();
    await expect.poll(() => state()).toMatchObject({ state: 'on-call', nextBreak: null });
  });

  it('that is gone while the engine refuses pauses as soon as it can', async () => {
    await asks(available);
    centre.telephony.whenPausing = refuses;
    gone();
    centre.clock.pass(10_000);
    await expect.poll(() => centre.telephony.asked.at(-1)).toBe('unpause 1001');
    expect(await state()).toMatchObject({ state: 'available' });
    centre.telephony.whenPausing = obeys;
    await expect
      .poll(async () => {
        centre.clock.pass(2_000);
        return state();
      })
      .toMatchObject({ state: 'on-break', reason: 'line' });
  });
});

describe('a session', () => {
  it.each([[lunch], [available]])('goes on at a second machine as it was: %j', async wanted => {
    const before = (await asks(wanted)).json<AgentStatus>();
    const second = await centre.signIn('1001');
    expect(second.status).toEqual(before);
    expect(await state(second.accessToken)).toEqual(before);
    expect(codeOf(await asks(lunch)), 'the first').toBe('sign-in/expired');
    expect(centre.telephony.isPaused('1001', 'support')).toBe(wanted === lunch);
  });

  it('whose phone was gone, as after a crash, begins on a break', async () => {
    await asks(available);
    centre.telephony.tell({ type: 'line-signalling-lost', extension: '1001', at: centre.clock.now() });
    const { status } = await centre.signIn('1001');
    expect(status).toMatchObject({ state: 'on-break', reason: 'sign-in' });
  });

  it('whose line does not come to the second machine in time is paused', async () => {
    await asks(available);
    const { accessToken } = (await centre.tryToSignIn('1001', 'demo-1001')).json<RouteOutput<'sign-in'>>();
    centre.clock.pass(10_000);
    await expect.poll(() => state(accessToken)).toMatchObject({ state: 'on-break', reason: 'line' });
  });

  it('that takes new tokens in a call changes nothing of it', async () => {
    const { accessToken, refreshToken } = await centre.signIn('1001');
    await asks(available, accessToken);
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    const before = await state(accessToken);
    centre.telephony.asked.length = 0;
    const answer = await centre.ask('POST', '/api/sign-in/refresh', { payload: { refreshToken } });
    centre.clock.pass(15 * 60_000);
    const tokens = answer.json<RouteOutput<'sign-in.refresh'>>();
    expect((await asks(lunch, accessToken)).statusCode, 'the former token is over').toBe(401);
    const next = await centre.ask('POST', '/api/sign-in/refresh', { payload: { refreshToken: tokens.refreshToken } });
    expect(await state(next.json<RouteOutput<'sign-in.refresh'>>().accessToken)).toEqual(before);
    expect(centre.telephony.asked).toEqual([]);
  });

  it('ends in the queues before the line goes', async () => {
    await asks(available);
    centre.telephony.asked.length = 0;
    await centre.ask('POST', '/api/sign-out', { token: alice, payload: {} });
    expect(centre.telephony.asked).toEqual(['pause 1001', 'revoke 1001']);
  });

  it('ends although the engine is away, which is told when it is back', async () => {
    await asks(available);
    centre.telephony.whenPausing = refuses;
    expect((await centre.ask('POST', '/api/sign-out', { token: alice, payload: {} })).statusCode).toBe(200);
    centre.telephony.whenPausing = obeys;
    expect(centre.telephony.isPaused('1001', 'support')).toBe(false);
    centre.clock.pass(2_000);
    await expect.poll(() => centre.telephony.isPaused('1001', 'support')).toBe(true);
  });

  it('of somebody who is removed ends, and a call that runs is not cut', async () => {
    await asks(available);
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    await inDatabase(db => db.deleteFrom('people').where('id', '=', 'person-1001').execute());
    centre.telephony.asked.length = 0;
    centre.clock.pass(2_000);
    await expect
      .poll(async () => (await centre.ask('GET', '/api/agent', { token: alice })).json<object>())
      .toMatchObject({ code: 'sign-in/expired', params: { reason: 'revoked' } });
    await expect.poll(() => centre.telephony.asked).toEqual(['pause 1001', 'revoke 1001']);
    happens(hangsUp('c1', '1001'));
  });

  it('goes on after a restart with the rest of the break and the pauses of queues', async () => {
    await put(alice, '/api/agent/queues/billing/pause', { reason: 'training' });
    await asks(lunch);
    const before = await state();
    const { folder, clock } = centre;
    await centre.app.close();
    clock.pass(120_000);
    centre = await TestCentre.open({ folder, clock });
    const { status } = await centre.signIn('1001');
    expect(status).toEqual(before);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
import { TestCentre } from './test-centre';

let centre: TestCentre;
beforeEach(async () => {
  centre = await TestCentre.open();
});
afterEach(() => centre.close());

const me = (token: string) => centre.ask('GET', '/api/agent', { token });
const refresh = (refreshToken: string) => centre.ask('POST', '/api/sign-in/refresh', { payload: { refreshToken } });

describe('signing in', () => {
  it.each(['alice.martin', 'ALICE.MARTIN', '1001', ' alice.martin@horizon-energie.example '])(
    'takes "%s" for Alice',
    async identifier => {
      const answer = await centre.tryToSignIn(identifier, 'demo-1001');
      expect(answer.statusCode).toBe(200);
      const body = answer.json<RouteOutput<'sign-in'>>();
      expect(body.agent).toMatchObject({
        identifier: 'alice.martin',
        extension: '1001',
        role: 'agent',
        account: { accountNumber: 'AC-204518' },
      });
      expect(body.agent.queues.map(queue => queue.name)).toEqual(['Support', 'Facturation']);
      expect(body.status).toMatchObject({ state: 'on-break', reason: 'sign-in' });
      expect(body.line?.sipUri).toBe('sip:1001@centre.local');
      expect(body.line?.webSocketUrl).toBe('ws://localhost:80/sip');
      expect(body.liveUrl).toBe('ws://localhost:80/api/live');
      expect(body.accessExpiresAt - centre.clock.now()).toBeLessThanOrEqual(15 * 60_000);
    },
  );

  it('answers a wrong password and an unknown name in the same words', async () => {
    const wrong = await centre.tryToSignIn('alice.martin', 'nonsense');
    const unknown = await centre.tryToSignIn('nobody.here', 'nonsense');
    expect(wrong.statusCode).toBe(401);
    expect(unknown.statusCode).toBe(401);
    expect(wrong.json()).toEqual({
      code: 'sign-in/wrong-credentials',
      message: 'sign-in/wrong-credentials',
      params: {},
    });
    expect(unknown.body).toBe(wrong.body);
  });

  it('throttles after ten failures, whatever name is used for the person, and tells for how long', async () => {
    const names = ['alice.martin', '1001', 'alice.martin@horizon-energie.example'];
    for (let index = 0; index < 10; index += 1)
      expect((await centre.tryToSignIn(names[index % 3] ?? '', 'wrong')).statusCode).toBe(401);
    const throttled = await centre.tryToSignIn('alice.martin', 'demo-1001');
    expect(throttled.statusCode).toBe(429);
    expect(throttled.json()).toMatchObject({ code: 'sign-in/throttled', params: { seconds: 300 } });
    expect(throttled.headers['retry-after']).toBe('300');
    expect(
      (await centre.tryToSignIn('alice.martin', 'demo-1001', '127.0.0.2')).statusCode,
      'from another address',
    ).toBe(200);
    centre.clock.pass(5 * 60_000);
    expect((await centre.tryToSignIn('alice.martin', 'demo-1001')).statusCode).toBe(200);
  });

  it('does not let many tries at the same moment slip through', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => centre.tryToSignIn('alice.martin', 'wrong')));
    expect(answers.filter(answer => answer.statusCode === 401)).toHaveLength(10);
    expect(answers.filter(answer => answer.statusCode === 429)).toHaveLength(15);
  });

  it('forgets failures after a success', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 9; index += 1) await centre.tryToSignIn('alice.martin', 'wrong');
      expect((await centre.tryToSignIn('alice.martin', 'demo-1001')).statusCode).toBe(200);
    }
  });

  it('makes an address wait that tries many names', async () => {
    for (let index = 0; index < 50; index += 1) await centre.tryToSignIn(`name.${index}`, 'wrong');
    expect((await centre.tryToSignIn('alice.martin', 'demo-1001')).statusCode).toBe(429);
  });
});

describe('a session', () => {
  it('lives by its access token for fifteen minutes and goes on by refreshing', async () => {
    const { accessToken, refreshToken } = await centre.signIn('1001');
    expect((await me(accessToken)).statusCode).toBe(200);
    centre.clock.pass(15 * 60_000);
    expect((await me(accessToken)).json()).toMatchObject({ code: 'sign-in/expired' });
    const next = await refresh(refreshToken);
    expect(next.statusCode).toBe(200);
    expect((await me(next.json<RouteOutput<'sign-in.refresh'>>().accessToken)).statusCode).toBe(200);
  });

  it('ends when a refresh token is used twice', async () => {
    const { refreshToken } = await centre.signIn('1001');
    const next = (await refresh(refreshToken)).json<RouteOutput<'sign-in.refresh'>>();
    expect((await me(next.accessToken)).statusCode).toBe(200); // so the answer has arrived
    const again = await refresh(refreshToken);
    expect(again.statusCode).toBe(401);
    expect(again.json()).toMatchObject({ code: 'sign-in/expired', params: { reason: 'revoked' } });
    expect((await me(next.accessToken)).json()).toMatchObject({
      code: 'sign-in/expired',
      params: { reason: 'revoked' },
    });
    expect((await refresh(next.refreshToken)).statusCode).toBe(401);
  });

  it('goes on when the answer to a refresh was lost on the way and the app asks again', async () => {
    const { refreshToken } = await centre.signIn('1001');
    await refresh(refreshToken); // nobody ever saw this answer
    const next = (await refresh(refreshToken)).json<RouteOutput<'sign-in.refresh'>>();
    expect((await me(next.accessToken)).statusCode).toBe(200);
    expect((await refresh(next.refreshToken)).statusCode).toBe(200);
  });

  it('gives two who hold the same refresh token one session at most: the lost answer, shown later, ends it', async () => {
    const { refreshToken } = await centre.signIn('1001');
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    const pairs = answers.map(answer => answer.json<RouteOutput<'sign-in.refresh'>>());
    const working = await Promise.all(pairs.map(async pair => (await me(pair.accessToken)).statusCode));
    expect(working.toSorted((a, b) => a - b)).toEqual([200, 401]);
    const loser = pairs[working.indexOf(401)];
    expect((await refresh(loser?.refreshToken ?? '')).json()).toMatchObject({ params: { reason: 'revoked' } });
  });

  it('ends when an old refresh token comes back a minute later', async () => {
    const { refreshToken } = await centre.signIn('1001');
    await refresh(refreshToken);
    centre.clock.pass(61_000);
    expect((await refresh(refreshToken)).json()).toMatchObject({ params: { reason: 'revoked' } });
  });

  it('ends on the first machine when the person signs in on a second', async () => {
    const first = await centre.signIn('1001');
    const second = await centre.signIn('1001');
    expect((await me(first.accessToken)).json()).toMatchObject({
      code: 'sign-in/expired',
      params: { reason: 'signed-in-elsewhere' },
    });
    expect((await me(second.accessToken)).statusCode).toBe(200);
    expect(second.line?.secret).not.toBe(first.line?.secret);
    expect(centre.telephony.asked.filter(asked => asked.endsWith(' 1001'))).toEqual([
      'credential 1001',
      'revoke 1001',
      'credential 1001',
    ]);
  });

  it('ends by signing out, and the line credential with it', async () => {
    const { accessToken, refreshToken } = await centre.signIn('1001');
    const answer = await centre.ask('POST', '/api/sign-out', { token: accessToken, payload: {} });
    expect(answer.json()).toEqual({ done: true });
    expect((await me(accessToken)).statusCode).toBe(401);
    expect((await refresh(refreshToken)).statusCode).toBe(401);
    expect(centre.telephony.credentials.has('1001')).toBe(false);
  });

  it('that ends slowly takes nothing from the one that begins meanwhile', async () => {
    const first = await centre.signIn('1001');
    const { telephony } = centre;
    const revoke = telephony.revokeLineCredential.bind(telephony);
    let goOn = (): void => undefined;
    const isSlow = new Promise<void>(passed => (goOn = passed));
    telephony.revokeLineCredential = async extension => {
      await isSlow;
      await revoke(extension);
    };
    const leaves = centre.ask('POST', '/api/sign-out', { token: first.accessToken, payload: {} });
    await expect.poll(async () => (await me(first.accessToken)).statusCode).toBe(401);
    const comes = centre.signIn('1001');
    for (let others = 0; others < 50; others += 1) await centre.tryToSignIn('nobody.here', 'x', `127.0.1.${others}`);
    goOn();
    const [, second] = await Promise.all([leaves, comes]);
    expect(telephony.credentials.has('1001')).toBe(true);
    expect((await me(second.accessToken)).json()).toMatchObject({ status: { state: 'on-break' } });
  });

  it('ends by itself after twelve hours without a refresh', async () => {
    const { refreshToken } = await centre.signIn('1001');
    centre.clock.pass(12 * 60 * 60_000 + 60_000);
    expect((await refresh(refreshToken)).statusCode).toBe(401);
    await expect.poll(() => centre.telephony.credentials.has('1001')).toBe(false);
  });

  it('outlives a restart of the server', async () => {
    const { refreshToken } = await centre.signIn('1001');
    await centre.app.close();
    const { folder, clock } = centre;
    centre = await TestCentre.open({ folder, clock });
    const next = (await refresh(refreshToken)).json<RouteOutput<'sign-in.refresh'>>();
    expect((await me(next.accessToken)).json()).toMatchObject({ status: { state: 'on-break' } });
  });

  it('renews its line credential', async () => {
    const { accessToken, line } = await centre.signIn('1001');
    const renewed = (await centre.ask('POST', '/api/line/renew', { token: accessToken, payload: {} })).json<
      RouteOutput<'line.renew'>
    >();
    expect(renewed.authorizationUser).toBe('1001');
    expect(renewed.secret).not.toBe(line?.secret);
  });
});

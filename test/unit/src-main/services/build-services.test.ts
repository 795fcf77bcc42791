import type { DeskCall } from '../../../../src-shared/server-api/live-messages';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AgentStatus, signedOutStatus } from '../../../../src-shared/agent/agent-state';
import { defaultSettings, type Settings } from '../../../../src-shared/settings/settings';
import { Announcer } from '../../../../src-main/base/announcer';
import { buildServices, type Services } from '../../../../src-main/services/build-services';
import { openCache } from '../../../../src-main/cache/open-cache';
import { RecordingShelf } from '../../../../src-main/recordings/recording-shelf';
import { openOutbox } from '../../../../src-main/cache/open-outbox';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeEngine } from '../../../fakes/fake-engine';
import { httpStandIn, json, type Answer, type HttpStandIn } from '../../../fakes/http-stand-in';
import { QuietLogger } from '../../../fakes/quiet-logger';

const running: { server: HttpStandIn; services: Services }[] = [];
afterEach(async () => {
  for (const { server, services } of running.splice(0)) {
    services.live.close();
    await server.close();
  }
});

const info = { product: 'agent-softphone-server', version: '1', name: 'Centre', support: { email: null, phone: null } };
const agent = {
  id: 'person-1',
  identifier: 'alice',
  displayName: 'Alice',
  role: 'agent',
  extension: '1001',
  extensionKind: 'web',
  account: { company: 'C', accountNumber: 'A', billingNumber: 'B' },
  queues: [],
};
const status: AgentStatus = { ...signedOutStatus(5), state: 'on-break', reason: 'sign-in' };

/** The whole app without Electron: a real server on loopback, real SQLite, and an engine that obeys the test. */
async function anApp(special: Partial<Record<string, Answer>> = {}) {
  const clock = new FakeClock();
  const answers: Record<string, Answer> = {
    '/api/server-info': (_request, response) => json(response, 200, info),
    '/api/sign-in': (_request, response) =>
      json(response, 200, {
        accessToken: 'access-1',
        accessExpiresAt: clock.now() + 900_000,
        refreshToken: 'refresh-1',
        agent,
        status,
        liveUrl: '/api/live',
        line: {
          webSocketUrl: 'ws://127.0.0.1/sip',
          sipUri: 'sip:1001@centre.local',
          authorizationUser: '1001',
          secret: 'minted-line-secret',
          displayName: 'Alice',
          expiresAt: clock.now() + 3_600_000,
          allowMd5: false,
        },
      }),
    '/api/calls/recent?limit=50': (_request, response) => json(response, 200, { calls: [] }),
    '/api/sign-out': (_request, response) => json(response, 200, { done: true }),
    ...special,
  };
  const server = await httpStandIn((request, response, body) =>
    (answers[request.url ?? ''] ?? ((_request, r) => json(r, 404, { code: 'not-found', message: 'x' })))(
      request,
      response,
      body,
    ),
  );
  const engine = new FakeEngine();
  const log = new QuietLogger();
  let value: Settings = defaultSettings;
  const changes = new Announcer<Settings>();
  const settings = {
    changes,
    get value() {
      return value;
    },
    change(change: Partial<Settings>) {
      value = { ...value, ...change };
      changes.announce(value);
      return value;
    },
  };
  const services = buildServices({
    systemIdleMs: () => 0,
    engine,
    engineHost: { open: () => undefined, close: () => undefined },
    settings,
    cache: openCache(':memory:', log),
    outbox: openOutbox(':memory:', log),
    shelf: new RecordingShelf({ folder: '/nowhere', openKey: () => ({ key: null, isOld: false }), limitBytes: 0, log }),
    downloadFolder: () => '/nowhere',
    openFolder: () => undefined,
    trust: { pinnedFor: () => undefined, authorities: [] },
    machine: 'desk-7',
    clock,
    log: () => log,
  });
  running.push({ server, services });
  const signIn = () =>
    services.signIn.signIn({
      serverUrl: server.origin,
      identifier: ' alice ',
      password: 'a very secret word',
      rememberIdentifier: true,
    });
  const rings = (callId: string): void =>
    engine.report({
      type: 'invite-received',
      callId,
      at: clock.now(),
      remote: { number: '100', name: null },
      queueName: null,
      centralCallId: null,
      returnedTransfer: null,
      transferredBy: null,
    });
  return { server, services, engine, settings, log, clock, signIn, rings };
}

describe('a SIP extension', () => {
  const withDeskPhone = {
    '/api/sign-in': (_request, response) =>
      json(response, 200, {
        accessToken: 'access-1',
        accessExpiresAt: Number.MAX_SAFE_INTEGER,
        refreshToken: 'refresh-1',
        agent: { ...agent, extensionKind: 'sip' },
        status,
        liveUrl: '/api/live',
        line: null,
      }),
    '/api/calls/dial': (_request, response, body) => json(response, 200, { callId: `called ${body}` }),
  } satisfies Record<string, Answer>;
  const isRegistered = (is: boolean) => ({ type: 'line.registration', isRegistered: is, at: 0 }) as const;

  it('has no line in the app: the line is what the centre says of the phone, and dials through the centre', async () => {
    const { services, engine, signIn } = await anApp(withDeskPhone);
    const states: string[] = [];
    services.line.changes.hear(({ state }) => states.push(state));
    await signIn();
    await expect(services.line.dial('100')).rejects.toMatchObject({ code: 'line/phone-not-registered' });
    services.live.events.announce(isRegistered(true));
    services.live.events.announce(isRegistered(false));
    services.live.events.announce(isRegistered(true));
    expect(states).toEqual(['connecting', 'registered', 'offline', 'registered']);
    expect(await services.line.dial(' 01 45-00.02 00')).toEqual({ callId: 'called {"number":"0145000200"}' });
    await expect(services.line.dial('bob')).rejects.toMatchObject({ code: 'dial/not-a-number' });
    expect(engine.types().filter(type => type.startsWith('line.') || type.startsWith('call.'))).toEqual([]);
  });

  it('shows the calls of the phone, which outlive the engine and leave with the session', async () => {
    const { services, engine, signIn, settings } = await anApp(withDeskPhone);
    await signIn();
    const told: DeskCall = {
      legId: 'leg-1',
      callId: 'central-1',
      direction: 'inbound',
      state: 'active',
      remote: { number: '100', name: 'Customer' },
      queueName: 'Support',
      returnedTransfer: null,
      transferredBy: null,
      startedAt: 1,
      answeredAt: 2,
      heldBy: [],
      endCause: null,
    };
    services.live.events.announce({ type: 'desk.calls', calls: [told] });
    services.supervisor.losses.announce('crashed');
    expect(services.desk.all()).toMatchObject([{ id: 'leg-1', device: 'desk-phone', state: 'active', answeredAt: 2 }]);
    expect(engine.types()).not.toContain('ringer');
    // The session may end at once: no call is cut by it.
    services.live.events.announce({ type: 'session.ended', reason: 'revoked' });
    expect([services.signIn.view.endedBecause, services.desk.all()]).toEqual(['revoked', []]);
    expect(settings.value.rememberedIdentifier).toBe('alice');
  });
});

describe('signing in', () => {
  it('registers the line, shows the state the centre confirmed and remembers address and identifier', async () => {
    const { server, services, engine, settings, signIn } = await anApp();
    await signIn();
    expect(engine.last('line.connect').command).toMatchObject({ credential: { secret: 'minted-line-secret' } });
    expect(services.agent.status).toEqual(status);
    expect(services.signIn.view).toMatchObject({ agent: { extension: '1001' }, serverName: 'Centre' });
    expect(settings.value).toMatchObject({ serverUrl: server.origin, rememberedIdentifier: 'alice' });
  });

  it('asked twice is one sign-in', async () => {
    const { server, signIn } = await anApp();
    await Promise.all([signIn(), signIn()]);
    expect(server.asked.filter(({ path }) => path === '/api/sign-in')).toHaveLength(1);
  });

  it('leaves the password nowhere: not in the settings, not in the log, not with the engine', async () => {
    const { services, engine, settings, log, signIn } = await anApp();
    await signIn();
    for (const place of [settings.value, log.lines, engine.orders, services.signIn.view])
      expect(JSON.stringify(place)).not.toContain('a very secret word');
  });

  it('shows no password to a server that is not ours', async () => {
    const { server, signIn } = await anApp({
      '/api/server-info': (_request, response) => json(response, 200, { hello: 'world' }),
    });
    await expect(signIn()).rejects.toMatchObject({ code: 'server/not-ours' });
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/server-info']);
  });

  it('changes nothing when the password is wrong', async () => {
    const { services, engine, settings, signIn } = await anApp({
      '/api/sign-in': (_request, response) => json(response, 401, { code: 'sign-in/wrong-credentials', message: 'x' }),
    });
    await expect(signIn()).rejects.toMatchObject({ code: 'sign-in/wrong-credentials' });
    expect([services.signIn.view.agent, engine.types(), settings.value]).toEqual([null, [], defaultSettings]);
  });

  it('forgets the identifier when nobody asks to keep it', async () => {
    const { server, services, settings } = await anApp();
    settings.change({ rememberedIdentifier: 'former' });
    await services.signIn.signIn({
      serverUrl: server.origin,
      identifier: 'alice',
      password: 'x',
      rememberIdentifier: false,
    });
    expect(settings.value.rememberedIdentifier).toBe('');
  });
});

describe('signing out', () => {
  it('tells the server, unregisters and shows nothing of the person any more', async () => {
    const { server, services, engine, signIn } = await anApp();
    await signIn();
    await services.signIn.signOut();
    expect(server.asked.at(-1)).toMatchObject({ path: '/api/sign-out', authorization: 'Bearer access-1' });
    expect(engine.types()).toContain('line.disconnect');
    expect(services.signIn.view).toMatchObject({ agent: null, endedBecause: 'signed-out' });
    expect([services.line.state.state, services.agent.status.state, services.journal.calls]).toEqual([
      'offline',
      'signed-out',
      [],
    ]);
  });

  it('leaves the line before the server revokes it, and only once', async () => {
    const { server, services, engine, signIn } = await anApp();
    await signIn();
    engine.obeys.delete('line.disconnect');
    const left = services.signIn.signOut();
    expect(engine.types().at(-1)).toBe('line.disconnect');
    expect(server.asked.map(({ path }) => path)).not.toContain('/api/sign-out');
    engine.last('line.disconnect').done();
    await left;
    expect(server.asked.at(-1)?.path).toBe('/api/sign-out');
    expect(engine.types().filter(type => type === 'line.disconnect')).toHaveLength(1);
  });

  it('works with the server gone', async () => {
    const { server, services, signIn } = await anApp();
    await signIn();
    await server.close();
    await services.signIn.signOut();
    expect(services.signIn.view.agent).toBeNull();
  });
});

describe('a session that ends elsewhere', () => {
  it('ends at once when nobody is on the line', async () => {
    const { services, signIn } = await anApp();
    await signIn();
    services.live.events.announce({ type: 'session.ended', reason: 'signed-in-elsewhere' });
    expect(services.signIn.view.endedBecause).toBe('signed-in-elsewhere');
  });

  it('waits for the end of the call', async () => {
    const { services, engine, signIn, rings, clock } = await anApp();
    await signIn();
    rings('a');
    services.live.events.announce({ type: 'session.ended', reason: 'revoked' });
    expect([services.signIn.view.agent?.extension, engine.types().includes('line.disconnect')]).toEqual([
      '1001',
      false,
    ]);
    engine.report({
      type: 'call',
      callId: 'a',
      at: clock.now(),
      event: { type: 'ended', cause: 'completed', sipCode: null },
    });
    expect(services.signIn.view).toMatchObject({ agent: null, endedBecause: 'revoked' });
  });
});

describe('the loss of the engine', () => {
  it('ends its calls honestly, says so, and registers anew with the next one', async () => {
    const { services, engine, signIn, rings, clock } = await anApp();
    services.toasts.takeUnseen();
    const toasts: string[] = [];
    services.toasts.news.hear(({ text }) => toasts.push('toast' in text ? text.toast : text.error));
    services.supervisor.start(true);
    await signIn();
    engine.report({ type: 'line', line: { state: 'registered' } });
    rings('a');
    services.supervisor.lost('crashed');
    expect(services.desk.find('a')?.endCause).toBe('engine-lost');
    expect(services.line.state.state).toBe('connecting');
    clock.pass(200);
    engine.report({ type: 'ready' });
    engine.report({ type: 'line', line: { state: 'registered' } });
    expect(engine.types().filter(type => type === 'line.connect')).toHaveLength(2);
    expect(toasts).toEqual(['engine-restarted', 'line-back']);
  });
});

describe('what the server says', () => {
  it('reaches state, line and recent calls', async () => {
    const { services, engine, signIn } = await anApp();
    await signIn();
    engine.report({ type: 'line', line: { state: 'registered' } });
    services.live.events.announce({ type: 'line.registration', isRegistered: true, at: 1 });
    services.live.events.announce({ type: 'agent.status', status: { ...status, state: 'available', reason: null } });
    const call = {
      callId: 'c',
      direction: 'inbound',
      remoteNumber: '100',
      remoteName: 'Camille',
      queueName: null,
      startedAt: 1,
      answeredAt: null,
      endedAt: null,
      endCause: null,
      missedCause: null,
      hasRecording: false,
    } as const;
    services.live.events.announce({ type: 'call.journalled', call });
    expect(services.line.state).toEqual({ state: 'registered', isConfirmed: true });
    expect(services.agent.status.state).toBe('available');
    expect(services.journal.calls).toEqual([call]);
  });

  it('gives a name to a number that called before', async () => {
    const { services, signIn, rings } = await anApp({
      '/api/calls/recent?limit=50': (_request, response) =>
        json(response, 200, {
          calls: [
            {
              callId: 'old',
              direction: 'inbound',
              remoteNumber: '100',
              remoteName: 'Camille',
              queueName: null,
              startedAt: 1,
              answeredAt: null,
              endedAt: 2,
              endCause: 'completed',
              missedCause: null,
              hasRecording: false,
            },
          ],
        }),
    });
    await signIn();
    await vi.waitFor(() => expect(services.journal.calls).toHaveLength(1));
    rings('a');
    await vi.waitFor(() => expect(services.desk.find('a')?.remote.name).toBe('Camille'));
  });
});

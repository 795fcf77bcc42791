import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptEvents, liveClose } from '../../../src-server/live/live-hub';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
import { customerJoins, ringsAt, told } from '../../builders/a-told-call';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let url: string;
let liveUrl: string;
let alice: RouteOutput<'sign-in'>;

beforeEach(async () => {
  centre = await TestCentre.open();
  url = await centre.listen();
  liveUrl = `${url.replace('http', 'ws')}/api/live`;
  alice = await centre.signIn('1001');
});
afterEach(() => centre.close());

const breakFor = (reason: string) =>
  centre.ask('PUT', '/api/agent/availability', { token: alice.accessToken, payload: { state: 'on-break', reason } });
const welcomed = async (listener: LiveListener) => {
  await expect.poll(() => listener.welcome()).toBeDefined();
  return listener.welcome();
};
const listening = async (lastEventId: number | null = null): Promise<LiveListener> => {
  const listener = await LiveListener.connect(liveUrl);
  listener.hello(alice.accessToken, lastEventId);
  await welcomed(listener);
  if (listener.welcome()?.isResumed === false) await forgetState(listener);
  return listener;
};
/** Who does not resume is told the state first; most tests want what comes after. */
const forgetState = async (listener: LiveListener): Promise<void> => {
  await expect.poll(() => listener.events.map(event => event.type)).toEqual(stateTypes);
  listener.heard.splice(1);
};
const stateTypes = [
  'agent.status',
  'line.registration',
  'calls.mine',
  'consult.contexts',
  'queues.live',
  'destinations',
  'wrap-up.changed',
  'telephony.changed',
];
const stateEvents = stateTypes.length;

describe('the live connection', () => {
  it('tells that the telephone system is out of reach, also to who comes meanwhile, and that it is back', async () => {
    const listener = await listening();
    centre.telephony.tell({ type: 'engine-lost', at: 5 });
    await expect.poll(() => listener.events).toEqual([{ type: 'telephony.changed', isReachable: false }]);
    const bruno = await centre.signIn('1002');
    const late = await LiveListener.connect(liveUrl);
    late.hello(bruno.accessToken, null);
    await expect.poll(() => late.events).toContainEqual({ type: 'telephony.changed', isReachable: false });
    centre.telephony.tell({ type: 'engine-back', at: 6 });
    for (const each of [listener, late])
      await expect.poll(() => each.events.at(-1)).toEqual({ type: 'telephony.changed', isReachable: true });
  });

  it('asks whether somebody is there: yes, no answer, and nobody to be asked', async () => {
    const listener = await listening();
    const isThere = async (extension: string, clockPasses: boolean): Promise<boolean | null> => {
      const answer = centre.telephony.isThere(extension, 200);
      for (let halves = clockPasses ? 2 : 0; halves > 0; halves--) {
        centre.clock.pass(100);
        await new Promise(settled => setImmediate(settled));
      }
      return answer;
    };
    expect(await isThere('1001', false)).toBe(true);
    listener.socket.pause(); // as if the network were cut
    expect(await isThere('1001', true)).toBe(false);
    listener.socket.resume();
    expect(await isThere('1001', false)).toBe(true);
    listener.socket.close();
    await expect.poll(() => isThere('1001', true)).toBeNull();
    expect(await isThere('1002', false)).toBeNull();
  });

  it('tells availability, line and calls, numbered without gaps', async () => {
    const listener = await listening();
    await breakFor('lunch');
    centre.telephony.registered.add('1001');
    centre.telephony.tell({ type: 'line-registered', extension: '1001', at: 5 });
    centre.telephony.tell(...told(centre.clock.now(), [...customerJoins('c1'), ...ringsAt('c1', '1001')]));
    await expect
      .poll(() => listener.events.map(event => event.type))
      .toEqual(['agent.status', 'line.registration', 'agent.status', 'call.journalled']);
    expect(listener.events).toMatchObject([
      { status: { reason: 'lunch' } },
      { isRegistered: true, at: 5 },
      { status: { state: 'reserved' } },
      { call: { callId: 'c1' } },
    ]);
    const first = (listener.welcome()?.lastEventId ?? 0) + stateEvents + 1;
    expect(listener.ids).toEqual([first, first + 1, first + 2, first + 3]);
  });

  it('tells who starts from nothing the present state', async () => {
    centre.telephony.registered.add('1001');
    const listener = await LiveListener.connect(liveUrl);
    listener.hello(alice.accessToken);
    await expect
      .poll(() => listener.events)
      .toMatchObject([
        { type: 'agent.status', status: { state: 'on-break', reason: 'sign-in' } },
        { type: 'line.registration', isRegistered: true },
        { type: 'calls.mine', calls: [] },
        { type: 'consult.contexts', contexts: [] },
        {
          type: 'queues.live',
          queues: [
            { queueId: 'support', callers: [], agentsFree: 0, agentsSignedIn: 1 },
            { queueId: 'billing', callers: [], agentsFree: 0, agentsSignedIn: 1 },
          ],
        },
        { type: 'destinations' },
        { type: 'wrap-up.changed', wrapUp: null },
        { type: 'telephony.changed', isReachable: true },
      ]);
    const welcome = listener.welcome();
    expect(welcome).toMatchObject({ isResumed: false, now: centre.clock.now() });
    expect(listener.ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(step => (welcome?.lastEventId ?? 0) + step));
  });

  it('answers ping with pong', async () => {
    const listener = await listening();
    listener.say({ type: 'ping', id: 7 });
    await expect.poll(() => listener.heard.at(-1)).toEqual({ type: 'pong', id: 7 });
  });

  it('replays what was missed in a gap', async () => {
    const first = await listening();
    await breakFor('coffee');
    await expect.poll(() => first.ids.length).toBe(1);
    first.socket.terminate();
    await breakFor('lunch');
    await breakFor('meeting');
    const second = await listening(first.ids[0] ?? null);
    expect(second.welcome()).toMatchObject({ isResumed: true });
    await expect
      .poll(() => second.events)
      .toMatchObject([{ status: { reason: 'lunch' } }, { status: { reason: 'meeting' } }]);
    await breakFor('training');
    await expect.poll(() => second.events.length).toBe(3);
    expect(second.ids).toEqual([1, 2, 3].map(step => (first.ids[0] ?? 0) + step));
  });

  it('says that a gap is too long to be replayed', async () => {
    const first = await listening();
    const seen = first.welcome()?.lastEventId ?? 0;
    for (let index = 0; index <= keptEvents; index += 1) await breakFor(index % 2 === 0 ? 'coffee' : 'lunch');
    const second = await LiveListener.connect(liveUrl);
    second.hello(alice.accessToken, seen);
    expect(await welcomed(second)).toMatchObject({
      isResumed: false,
      lastEventId: seen + stateEvents + keptEvents + 1,
    });
    await expect
      .poll(() => second.events.slice(0, 2))
      .toMatchObject([{ type: 'agent.status', status: { reason: 'coffee' } }, { type: 'line.registration' }]);
  });

  it('does not take a number of the server before its restart for one of this', async () => {
    const first = await listening();
    const seen = first.welcome()?.lastEventId ?? 0;
    await centre.app.close();
    const { folder, clock } = centre;
    clock.pass(1000);
    centre = await TestCentre.open({ folder, clock });
    liveUrl = `${(await centre.listen()).replace('http', 'ws')}/api/live`;
    alice = await centre.signIn('1001');
    expect((await listening(seen)).welcome()).toMatchObject({ isResumed: false });
  });

  it('tells the first machine that the person signed in on a second, and lets it go', async () => {
    const first = await listening();
    alice = await centre.signIn('1001');
    await expect.poll(() => first.closedWith).toEqual({ code: liveClose.sessionEnded, reason: 'signed-in-elsewhere' });
    expect(first.events.at(-1)).toEqual({ type: 'session.ended', reason: 'signed-in-elsewhere' });
    const second = await listening();
    await breakFor('coffee');
    await expect.poll(() => second.events.length).toBe(1);
    expect(second.events).toMatchObject([{ type: 'agent.status', status: { reason: 'coffee' } }]);
  });

  it('does not tell the second machine that the first was let go', async () => {
    const first = await listening();
    const seen = first.welcome()?.lastEventId ?? 0;
    alice = await centre.signIn('1001');
    const second = await LiveListener.connect(liveUrl);
    second.hello(alice.accessToken, seen);
    expect(await welcomed(second)).toMatchObject({ isResumed: false });
    await expect.poll(() => second.events.map(event => event.type)).toEqual(stateTypes);
  });

  it('is told nothing of other people', async () => {
    const bruno = await centre.signIn('1002');
    const listener = await LiveListener.connect(liveUrl);
    listener.hello(bruno.accessToken);
    await forgetState(listener);
    await breakFor('secret');
    listener.say({ type: 'ping', id: 1 });
    await expect.poll(() => listener.heard.at(-1)?.type).toBe('pong');
    expect(listener.events).toEqual([]);
  });

  it('hangs up on who does not say hello within five seconds', async () => {
    const listener = await LiveListener.connect(liveUrl);
    listener.say({ type: 'ping', id: 1 });
    await expect.poll(() => listener.heard.length).toBe(1);
    centre.clock.pass(5000);
    await expect.poll(() => listener.closedWith?.code).toBe(liveClose.noHello);
  });

  it('hangs up on a token that is no good', async () => {
    const listener = await LiveListener.connect(liveUrl);
    listener.hello('nonsense');
    await expect.poll(() => listener.closedWith?.code).toBe(liveClose.notSignedIn);
  });

  it.each([
    'not json',
    '{"type":"shout"}',
    '[]',
    '{"type":"hello","accessToken":5}',
    '{"__proto__":{"type":"ping"},"id":1}',
  ])('hangs up on %s', async text => {
    const listener = await LiveListener.connect(liveUrl);
    listener.say(text);
    await expect.poll(() => listener.closedWith?.code).toBe(liveClose.badMessage);
  });

  it('closes a connection that sends too much at once, and lives', async () => {
    const listener = await LiveListener.connect(liveUrl);
    listener.say('x'.repeat(1_000_000));
    await expect.poll(() => listener.closedWith?.code).toBe(1009);
    expect((await listening()).welcome()).toBeDefined();
  });

  it.each(['https://evil.example', 'http://127.0.0.1:9999', 'app://x@evil', 'file://'])(
    'refuses a page from %s',
    async origin => {
      await expect(LiveListener.connect(liveUrl, { origin })).rejects.toThrow('403');
    },
  );

  it.each(['app://agent', 'null'])('takes the app, which says it is %s', async origin => {
    expect((await LiveListener.connect(liveUrl, { origin })).closedWith).toBeNull();
  });

  it('refuses a name that was pointed at this machine from outside', async () => {
    await expect(LiveListener.connect(liveUrl, { host: 'evil.example' })).rejects.toThrow('403');
  });

  it('knows no other path', async () => {
    await expect(LiveListener.connect(liveUrl.replace('/api/live', '/api/other'))).rejects.toThrow('404');
  });

  it('survives a peer that vanishes in the handshake', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n');
    socket.resetAndDestroy();
    expect((await listening()).welcome()).toBeDefined();
  });
});

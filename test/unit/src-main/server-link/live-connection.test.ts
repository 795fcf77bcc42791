import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { liveFromApp, type LiveFromApp, type LiveFromServer } from '../../../../src-shared/server-api/live-messages';
import { LiveConnection } from '../../../../src-main/server-link/live-connection';
import { FakeClock } from '../../../fakes/fake-clock';
import { QuietLogger } from '../../../fakes/quiet-logger';

const open: { server: Server; live: LiveConnection }[] = [];
afterEach(async () => {
  for (const { server, live } of open.splice(0)) {
    live.close();
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  }
});

/** A real WebSocket server on loopback; the test writes its side of the conversation. */
async function aConnection() {
  const sockets: WebSocket[] = [];
  const heard: LiveFromApp[] = [];
  const server = createServer();
  const hub = new WebSocketServer({ server });
  hub.on('connection', socket => {
    sockets.push(socket);
    socket.on('message', raw =>
      heard.push(liveFromApp.parse(JSON.parse(Buffer.isBuffer(raw) ? raw.toString('utf8') : ''))),
    );
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = new FakeClock();
  const tokens: boolean[] = [];
  const live = new LiveConnection({
    trust: { pinnedFor: () => undefined, authorities: [] },
    clock,
    log: new QuietLogger(),
    random: () => 0,
    accessToken: async ({ isRefused }) => (tokens.push(isRefused), `token-${tokens.length}`),
  });
  const states: boolean[] = [];
  live.changes.hear(isUp => states.push(isUp));
  open.push({ server, live });
  const say = (message: LiveFromServer): void => sockets.at(-1)?.send(JSON.stringify(message));
  const hellos = () => heard.filter(({ type }) => type === 'hello');
  const welcomed = async (times: number, isResumed: boolean, lastEventId = 10): Promise<void> => {
    await vi.waitFor(() => expect(hellos()).toHaveLength(times));
    say({ type: 'welcome', lastEventId, isResumed, now: clock.now() });
    await vi.waitFor(() => expect(states.at(-1)).toBe(true));
  };
  return {
    live,
    clock,
    sockets,
    heard,
    hellos,
    states,
    tokens,
    say,
    welcomed,
    url: origin.replace('http', 'ws'),
    origin,
  };
}

describe('live connection', () => {
  it('says hello with its token, then passes events on', async () => {
    const { live, origin, url, hellos, say, welcomed } = await aConnection();
    const events: string[] = [];
    live.events.hear(({ type }) => events.push(type));
    live.open(origin, url);
    await welcomed(1, false);
    expect(hellos()).toEqual([{ type: 'hello', accessToken: 'token-1', lastEventId: null }]);
    say({ type: 'event', id: 11, event: { type: 'line.registration', isRegistered: true, at: 1 } });
    await vi.waitFor(() => expect(events).toEqual(['line.registration']));
  });

  it('comes back after a loss and asks for what it missed', async () => {
    const { live, origin, url, clock, sockets, hellos, say, welcomed, states } = await aConnection();
    const events: string[] = [];
    live.events.hear(({ type }) => events.push(type));
    live.open(origin, url);
    await welcomed(1, false, 10);
    say({ type: 'event', id: 11, event: { type: 'line.registration', isRegistered: true, at: 1 } });
    await vi.waitFor(() => expect(events).toHaveLength(1));
    sockets[0]?.terminate();
    await vi.waitFor(() => expect(states).toEqual([true, false]));
    clock.pass(500);
    await welcomed(2, true, 12);
    expect(hellos()[1]).toMatchObject({ lastEventId: 11 });
  });

  it('says that there is a gap only when something was missed for good', async () => {
    const { live, origin, url, clock, sockets, welcomed, states } = await aConnection();
    let gaps = 0;
    live.gaps.hear(() => (gaps += 1));
    live.open(origin, url);
    await welcomed(1, false);
    expect(gaps).toBe(0);
    sockets[0]?.terminate();
    await vi.waitFor(() => expect(states.at(-1)).toBe(false));
    clock.pass(500);
    await welcomed(2, false);
    expect(gaps).toBe(1);
  });

  it('notices a connection that is only half there', async () => {
    const { live, origin, url, clock, heard, states, welcomed } = await aConnection();
    live.open(origin, url);
    await welcomed(1, false);
    clock.pass(5_000);
    await vi.waitFor(() => expect(heard.at(-1)?.type).toBe('ping'));
    clock.pass(5_000);
    await vi.waitFor(() => expect(states).toEqual([true, false]));
  });

  it('stays while pongs come', async () => {
    const { live, origin, url, clock, heard, say, states, welcomed } = await aConnection();
    live.open(origin, url);
    await welcomed(1, false);
    const alive = vi.fn<() => void>();
    live.events.hear(() => alive());
    for (let n = 1; n <= 3; n += 1) {
      clock.pass(5_000);
      await vi.waitFor(() => expect(heard.filter(({ type }) => type === 'ping')).toHaveLength(n));
      say({ type: 'pong', id: n });
      say({ type: 'event', id: 20 + n, event: { type: 'line.registration', isRegistered: true, at: 1 } });
      await vi.waitFor(() => expect(alive).toHaveBeenCalledTimes(n)); // so the pong before it has been heard
    }
    expect(states).toEqual([true]);
  });

  it('takes a new token when the server closes instead of welcoming', async () => {
    const { live, origin, url, clock, sockets, hellos, tokens } = await aConnection();
    live.open(origin, url);
    await vi.waitFor(() => expect(hellos()).toHaveLength(1));
    sockets[0]?.close(4401);
    await vi.waitFor(() => {
      clock.pass(100);
      expect(tokens).toEqual([false, true]);
    });
  });

  it('drops what it does not understand and goes on', async () => {
    const { live, origin, url, sockets, say, welcomed, states } = await aConnection();
    const events: string[] = [];
    live.events.hear(({ type }) => events.push(type));
    live.open(origin, url);
    await welcomed(1, false);
    sockets[0]?.send('not json');
    sockets[0]?.send('{"type":"from-the-future"}');
    say({ type: 'event', id: 11, event: { type: 'line.registration', isRegistered: false, at: 1 } });
    await vi.waitFor(() => expect(events).toHaveLength(1));
    expect(states).toEqual([true]);
  });

  it('does not come back after it was closed', async () => {
    const { live, origin, url, clock, hellos, welcomed, sockets } = await aConnection();
    live.open(origin, url);
    await welcomed(1, false);
    live.close();
    await vi.waitFor(() => expect(sockets[0]?.readyState).toBe(3));
    clock.pass(60_000);
    expect(hellos()).toHaveLength(1);
  });
});

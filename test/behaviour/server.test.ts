import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JournalledCall, RecentCall, RouteOutput } from '../../src-shared/server-api/rest-routes';
import { LiveListener } from '../integration/server/live-listener';
import type { TestCentre } from '../integration/server/test-centre';
import { until } from '../telephony/sip-socket';
import { TestPhone } from '../telephony/test-phone';
import { opensWithinMs, whyNoEngine } from './centre';
import { ServerAround } from './rig/server-around';

const reason = whyNoEngine();
const engine = new ServerAround();
let centre: TestCentre;
let supervisor: string;
beforeAll(async () => {
  if (reason === null) await engine.open();
}, opensWithinMs);
beforeEach(async ({ skip }) => {
  skip(reason !== null, reason ?? '');
  centre = await engine.openServer();
  supervisor = (await centre.signIn('2001')).accessToken;
});
afterEach(async () => {
  if (reason !== null) return;
  await engine.sendCustomersHome();
  await centre.close();
});
afterAll(() => engine.close());

const journal = async (callId: string): Promise<JournalledCall> =>
  (await centre.ask('GET', `/api/calls/${callId}`, { token: supervisor })).json<JournalledCall>();

describe('the server with an agent whose SIP phone is real', () => {
  let phones: TestPhone[] = [];
  let url: string;
  beforeEach(async () => {
    url = await centre.listen();
  });
  afterEach(async () => {
    await Promise.all(phones.map(phone => phone.close()));
    phones = [];
  });

  /** Signs in, registers with the credential of the sign-in, and listens. */
  const atWork = async (extension: string) => {
    const headers = { host: new URL(url).host };
    const answer = await centre.ask('POST', '/api/sign-in', {
      headers,
      payload: { identifier: extension, password: `demo-${extension}`, machine: 'desk' },
    });
    const session = answer.json<RouteOutput<'sign-in'>>();
    if (session.line === null) throw new Error(`${extension} has no line`);
    const { webSocketUrl, secret, sipUri } = session.line;
    const phone = await TestPhone.registered({
      url: webSocketUrl,
      extension,
      secret,
      domain: sipUri.split('@')[1] ?? '',
    });
    phones.push(phone);
    const live = await LiveListener.connect(session.liveUrl);
    live.hello(session.accessToken, null);
    const line = () => live.events.findLast(event => event.type === 'line.registration');
    await expect.poll(line).toMatchObject({ isRegistered: true });
    const token = session.accessToken;
    const becomeAvailable = () =>
      centre.ask('PUT', '/api/agent/availability', { token, payload: { state: 'available' } });
    const states = () => live.events.flatMap(event => (event.type === 'agent.status' ? [event.status.state] : []));
    const recent = async () =>
      (await centre.ask('GET', '/api/calls/recent?limit=3', { token })).json<{ calls: RecentCall[] }>().calls;
    return { phone, live, token, becomeAvailable, states, recent };
  };

  it('takes a queue call: availability, live events, journal and recording agree', async () => {
    const alice = await atWork('1001');
    await alice.becomeAvailable();
    const callId = await engine.customerCalls(centre);
    const call = await alice.phone.incoming();
    expect(call.invite?.header('x-call-id')).toBe(callId);
    await call.answer();
    await until('agent hears the customer', () => call.media.heard.level(440) > 4000);
    await call.reinvite('sendonly');
    await expect.poll(async () => (await journal(callId)).events.map(event => event.type)).toContain('leg-held');
    await call.reinvite('sendrecv');
    await expect.poll(async () => (await journal(callId)).events.map(event => event.type)).toContain('leg-resumed');
    call.hangUp();
    await expect.poll(async () => (await journal(callId)).endCause).toBe('completed');
    await expect.poll(alice.states).toEqual(['on-break', 'available', 'reserved', 'on-call', 'available']);

    const own = (await centre.ask('GET', `/api/calls/${callId}`, { token: alice.token })).json<JournalledCall>();
    expect(own).toMatchObject({
      direction: 'inbound',
      queueName: 'Support',
      remoteNumber: '+33199000000',
      endCause: 'completed',
      hasRecording: true,
    });
    expect(own.holdMs).toBeGreaterThan(0);
    expect(own.talkMs).toBeGreaterThan(0);
    const audio = await centre.ask('GET', `/api/recordings/${own.recordingId}/audio`, { token: alice.token });
    expect(audio.rawPayload.toString('latin1', 0, 4)).toBe('RIFF');
    expect(audio.rawPayload.length).toBeGreaterThan(1000);
    const journalled = alice.live.events.filter(event => event.type === 'call.journalled').at(-1);
    expect(journalled).toMatchObject({ call: { callId, endCause: 'completed' } });
  });

  it('dials a busy number', async () => {
    const alice = await atWork('1001');
    await alice.phone.dial('0145000486');
    await expect.poll(async () => (await alice.recent())[0]?.endCause, { timeout: 5000 }).toBe('busy');
    expect((await alice.recent())[0]).toMatchObject({
      direction: 'outbound',
      remoteNumber: '0145000486',
      answeredAt: null,
    });
    await expect.poll(alice.states).toEqual(['on-break', 'on-call', 'on-break']);
  });

  it('calls a colleague', async () => {
    const alice = await atWork('1001');
    const bruno = await atWork('1002');
    await alice.phone.dial('1002');
    const ringing = await bruno.phone.incoming();
    await ringing.answer();
    await expect.poll(bruno.states).toEqual(['on-break', 'reserved', 'on-call']);
    ringing.hangUp();
    await expect.poll(async () => (await alice.recent())[0]?.endCause).toBe('completed');
    expect((await alice.recent())[0]).toMatchObject({ direction: 'internal', remoteName: 'Bruno Lefèvre' });
    expect((await bruno.recent())[0]).toMatchObject({
      direction: 'internal',
      remoteName: 'Alice Martin',
      endCause: 'completed',
    });
    await expect.poll(bruno.states).toEqual(['on-break', 'reserved', 'on-call', 'on-break']);
  });

  it('loses the line when the person signs in on a second machine', async () => {
    const first = await atWork('1001');
    await centre.signIn('1001');
    await expect.poll(() => first.live.closedWith?.reason).toBe('signed-in-elsewhere');
    expect((await first.phone.register()).status).not.toBe(200);
  });
});

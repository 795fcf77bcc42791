import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedTelephony } from '../../../src-server/telephony/embedded/embedded-telephony';
import { systemClock } from '../../../src-server/system-clock';
import type { JournalledCall, RecentCall, RouteOutput } from '../../../src-shared/server-api/rest-routes';
import { until } from '../../telephony/sip-socket';
import { TestPhone } from '../../telephony/test-phone';
import { LiveListener } from './live-listener';
import { demoKey, TestCentre } from './test-centre';

let centre: TestCentre;
let supervisor: string;
beforeEach(async () => {
  centre = await TestCentre.open({
    createTelephony: parts => new EmbeddedTelephony({ ...parts, domain: 'centre.local', clock: systemClock }),
  });
  supervisor = (await centre.signIn('2001')).accessToken;
});
afterEach(() => centre.close());

const headers = { 'x-demo-key': demoKey };
const customerCalls = async (givesUpAfterMs: number | null): Promise<string> => {
  const payload = { queueId: 'support', number: '+33199000000', voice: { kind: 'tone', hz: 440 }, givesUpAfterMs };
  return (await centre.ask('POST', '/api/demo/callers', { headers, payload })).json<{ callId: string }>().callId;
};
const journal = async (callId: string): Promise<JournalledCall> =>
  (await centre.ask('GET', `/api/calls/${callId}`, { token: supervisor })).json<JournalledCall>();

describe('the centre with its embedded engine', () => {
  it('writes down a customer who gave up waiting', async () => {
    const callId = await customerCalls(300);
    await expect.poll(async () => (await journal(callId)).endedAt, { timeout: 5000 }).toBeGreaterThan(0);
    const call = await journal(callId);
    expect(call).toMatchObject({
      endCause: 'caller-cancelled',
      queueName: 'Support',
      answeredAt: null,
      remoteNumber: '+33199000000',
    });
    expect(call.queueWaitMs).toBeGreaterThanOrEqual(290);
    expect(call.events.map(event => event.type)).toEqual(
      expect.arrayContaining(['call-started', 'leg-started', 'queue-joined', 'queue-left', 'leg-ended', 'call-ended']),
    );
    expect(call.events.at(-1)?.type).toBe('call-ended');
    expect(call.legs.every(leg => leg.endedAt !== null)).toBe(true);
  });

  it('lets the customer hear music while waiting, and ends the call when told to', async () => {
    const callId = await customerCalls(null);
    const caller = () => centre.ask('GET', `/api/demo/callers/${callId}`, { headers });
    await expect
      .poll(async () => (await caller()).json<{ heardRms: number }>().heardRms, { timeout: 5000 })
      .toBeGreaterThan(0);
    await centre.ask('POST', `/api/demo/callers/${callId}/hang-up`, { headers, payload: {} });
    expect((await caller()).json()).toMatchObject({ state: 'ended' });
    await expect.poll(async () => (await journal(callId)).endCause).toBe('caller-cancelled');
  });

  it('closes every call in the journal when it stops', async () => {
    const callId = await customerCalls(null);
    await centre.app.close();
    const { folder } = centre;
    centre = await TestCentre.open({ folder });
    supervisor = (await centre.signIn('2001')).accessToken;
    const call = await journal(callId);
    expect(call.endedAt).not.toBeNull();
    expect(call.events.filter(event => event.type === 'call-ended')).toHaveLength(1);
    expect(call.events.at(-1)?.detail, 'ended by the engine, not found open later').not.toHaveProperty(
      'isAfterRestart',
    );
  });
});

describe('an agent with a real SIP phone', () => {
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
    await expect.poll(() => live.events.length).toBe(2);
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
    expect(alice.live.events.at(-1)).toMatchObject({ type: 'line.registration', isRegistered: true });
    await alice.becomeAvailable();
    const callId = await customerCalls(null);
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

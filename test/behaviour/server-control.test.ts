import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JournalledCall, RouteOutput } from '../../src-shared/server-api/rest-routes';
import type { TestCentre } from '../integration/server/test-centre';
import { until } from '../telephony/sip-socket';
import { TestPhone } from '../telephony/test-phone';
import { opensWithinMs, whyNoEngine } from './centre';
import { ServerAround } from './rig/server-around';

const reason = whyNoEngine();
const engine = new ServerAround();
let centre: TestCentre;
let url: string;
let phones: TestPhone[] = [];
beforeAll(async () => {
  if (reason === null) await engine.open();
}, opensWithinMs);
beforeEach(async ({ skip }) => {
  skip(reason !== null, reason ?? '');
  centre = await engine.openServer();
  url = await centre.listen();
});
afterEach(async () => {
  if (reason !== null) return;
  await Promise.all(phones.map(phone => phone.close()));
  phones = [];
  await engine.sendCustomersHome();
  await centre.close();
});
afterAll(() => engine.close());

interface AtWork {
  readonly phone: TestPhone;
  readonly token: string;
  state(): Promise<string>;
}

/** Signs in and registers, speaking this tone. */
async function atWork(extension: string, hz: number): Promise<AtWork> {
  const answer = await centre.ask('POST', '/api/sign-in', {
    headers: { host: new URL(url).host },
    payload: { identifier: extension, password: `demo-${extension}`, machine: 'desk' },
  });
  const { line, accessToken: token } = answer.json<RouteOutput<'sign-in'>>();
  if (line === null) throw new Error(`${extension} has no line`);
  const domain = line.sipUri.split('@')[1] ?? '';
  const phone = await TestPhone.registered({ url: line.webSocketUrl, extension, secret: line.secret, domain, hz });
  phones.push(phone);
  const me = () => centre.ask('GET', '/api/agent', { token });
  return { phone, token, state: async () => (await me()).json<RouteOutput<'agent.me'>>().status.state };
}
const becomesAvailable = ({ token }: AtWork) =>
  centre.ask('PUT', '/api/agent/availability', { token, payload: { state: 'available' } });
const story = async (callId: string, { token }: AtWork): Promise<JournalledCall> =>
  (await centre.ask('GET', `/api/calls/${callId}`, { token })).json<JournalledCall>();
const legOf = async (callId: string, who: AtWork, extension: string | null): Promise<string> =>
  (await story(callId, who)).legs.find(leg => leg.extension === extension && leg.endedAt === null)?.legId ?? '';

/** Alice talks with the customer, who says 440 Hz, and with Bruno, whom she has called. */
async function consulting() {
  const alice = await atWork('1001', 700);
  const bruno = await atWork('1002', 1000);
  await becomesAvailable(alice);
  const callId = await engine.customerCalls(centre);
  const first = await alice.phone.incoming();
  await first.answer();
  await until('alice hears the customer', () => first.media.heard.level(440) > 3000);
  await first.reinvite('sendonly');
  const consult = await alice.phone.dial('1002');
  const asked = await bruno.phone.incoming();
  await asked.answer();
  await until('alice hears bruno', () => consult.media.heard.level(1000) > 3000);
  const consultCallId = asked.invite?.header('x-call-id') ?? '';
  return { alice, bruno, callId, consultCallId, first, consult, asked };
}

describe('a conference, asked for over the server', () => {
  it('brings three together, silences one and lets one go; journal and availability agree', async () => {
    const { alice, bruno, callId, consultCallId, first, asked } = await consulting();
    const order = (method: 'POST' | 'PUT', path: string, payload: object) =>
      centre.ask(method, `/api/calls/${callId}${path}`, { token: alice.token, payload });
    expect((await order('POST', '/merge', { consultCallId })).json()).toEqual({ done: true });
    await first.reinvite('sendrecv');
    await until('bruno hears the customer', () => asked.media.heard.level(440) > 2000);
    await until('bruno hears alice', () => asked.media.heard.level(700) > 2000);
    await until('alice hears both', () => first.media.heard.level(440) > 2000 && first.media.heard.level(1000) > 2000);
    expect([await alice.state(), await bruno.state()]).toEqual(['on-call', 'on-call']);

    const customerLeg = await legOf(callId, alice, null);
    expect((await order('PUT', `/parties/${customerLeg}`, { isMuted: true })).statusCode).toBe(200);
    await until('nobody hears the customer', () => asked.media.heard.level(440) < 500);
    expect((await order('PUT', `/parties/${customerLeg}`, { isMuted: false })).statusCode).toBe(200);
    await until('bruno hears the customer again', () => asked.media.heard.level(440) > 2000);

    expect((await order('POST', `/parties/${await legOf(callId, alice, '1002')}/drop`, {})).statusCode).toBe(200);
    await expect.poll(() => bruno.state(), { timeout: 5000 }).toBe('on-break');
    await until('alice still hears the customer', () => first.media.heard.level(440) > 2000);
    first.hangUp();
    await expect.poll(async () => (await story(callId, alice)).endCause, { timeout: 5000 }).toBe('completed');
    const types = (await story(callId, alice)).events.map(event => event.type);
    for (const [begins, ends] of [
      ['conference-started', 'conference-ended'],
      ['leg-muted', 'leg-unmuted'],
    ] as const)
      expect(types.filter(type => type === begins || type === ends)).toEqual([begins, ends]);
    expect(await story(callId, alice)).toMatchObject({ consultCallIds: [consultCallId] });
    expect(await story(consultCallId, alice)).toMatchObject({ continuedIn: callId, endCause: 'transferred' });
    await expect.poll(() => alice.state()).toBe('available');
  });
});

describe('an attended transfer', () => {
  it('leaves the customer with the colleague, and one story over two calls', async () => {
    const { alice, bruno, callId, consultCallId, first, consult, asked } = await consulting();
    await first.referTo(consult, '1002');
    await until('bruno hears the customer', () => asked.media.heard.level(440) > 2000);
    await expect.poll(() => alice.state(), { timeout: 5000 }).toBe('available');
    expect(await bruno.state()).toBe('on-call');
    const packets = asked.media.packetsReceived;
    await until('a second of talk: sooner it would mean the sender', () => asked.media.packetsReceived > packets + 50);
    asked.hangUp();
    await expect.poll(async () => (await story(callId, bruno)).endCause, { timeout: 5000 }).toBe('completed');
    const own = await story(callId, alice);
    expect(own).toMatchObject({ endCause: 'transferred', consultCallIds: [consultCallId] });
    expect(own.talkMs + own.holdMs).toBeGreaterThan(0);
    expect(await story(consultCallId, bruno)).toMatchObject({ continuedIn: callId, endCause: 'transferred' });
    expect((await story(callId, bruno)).remoteNumber).toBe('+33199000000');
  });
});

describe('a recording', () => {
  it('is paused and goes on, by who talks', async () => {
    const alice = await atWork('1001', 700);
    await becomesAvailable(alice);
    const callId = await engine.customerCalls(centre);
    const call = await alice.phone.incoming();
    await call.answer();
    await until('alice hears the customer', () => call.media.heard.level(440) > 3000);
    const pause = async (isPaused: boolean): Promise<number> =>
      (await centre.ask('PUT', `/api/calls/${callId}/recording`, { token: alice.token, payload: { isPaused } }))
        .statusCode;
    expect([await pause(true), await pause(false)]).toEqual([200, 200]);
    call.hangUp();
    await expect.poll(async () => (await story(callId, alice)).hasRecording, { timeout: 5000 }).toBe(true);
    const types = (await story(callId, alice)).events
      .map(event => event.type)
      .filter(type => type.startsWith('recording'));
    expect(types).toEqual(['recording-started', 'recording-paused', 'recording-resumed', 'recording-finished']);
  });
});

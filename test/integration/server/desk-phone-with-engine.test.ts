import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDeskPhone } from '../../../src-server/desk-phone-command';
import { systemClock } from '../../../src-server/system-clock';
import { EmbeddedTelephony } from '../../../src-server/telephony/embedded/embedded-telephony';
import { sipRealm } from '../../../src-server/telephony/telephony';
import type { DeskCall } from '../../../src-shared/server-api/live-messages';
import type { JournalledCall, RouteOutput } from '../../../src-shared/server-api/rest-routes';
import { until } from '../../telephony/sip-socket';
import { TestPhone } from '../../telephony/test-phone';
import { LiveListener } from './live-listener';
import { demoKey, TestCentre } from './test-centre';

let centre: TestCentre;
let phone: TestPhone;
let live: LiveListener;
let session: RouteOutput<'sign-in'>;
/** Karine, 1011, has a desk phone, registered with what the administrator's command printed, and is signed in at the app. */
beforeEach(async () => {
  centre = await TestCentre.open({
    createTelephony: parts => new EmbeddedTelephony({ ...parts, domain: sipRealm, clock: systemClock }),
  });
  const url = (await centre.listen()).replace('http', 'ws');
  const { text } = await runDeskPhone(['--data', centre.folder, '--extension', '1011']);
  const secret = /password +(\S+)/.exec(text)?.[1] ?? '';
  phone = await TestPhone.connect({ url: `${url}/sip`, extension: '1011', secret, domain: sipRealm, hz: 700 });
  await registered();
  session = await centre.signIn('1011');
  live = await LiveListener.connect(`${url}/api/live`);
  live.hello(session.accessToken);
  await until('the live connection is up', () => live.events.some(event => event.type === 'desk.calls'));
});
/** As soon as the running server has noticed what the command wrote. */
async function registered(): Promise<void> {
  let status: number | null = null;
  for (let attempt = 0; status !== 200 && attempt < 100; attempt += 1) {
    centre.clock.pass(2000);
    status = (await phone.register()).status;
  }
  if (status !== 200) throw new Error(`the desk phone was not let in: ${status}`);
}
afterEach(async () => {
  live.socket.close();
  await phone.close();
  await centre.close();
});

const shown = (): readonly Pick<DeskCall, 'state' | 'direction'>[] =>
  live.events.flatMap(event => (event.type === 'desk.calls' ? event.calls : []));
const states = (): string[] =>
  shown()
    .map(call => call.state)
    .filter((state, index, all) => state !== all[index - 1]);
const journal = async (callId: string): Promise<JournalledCall> =>
  (await centre.ask('GET', `/api/calls/${callId}`, { token: session.accessToken })).json<JournalledCall>();

describe('an agent with a real desk phone', () => {
  it('dials in the app: the own phone rings first, and the call starts when it is picked up', async () => {
    expect(live.events).toContainEqual(expect.objectContaining({ type: 'line.registration', isRegistered: true }));
    const payload = { number: '01 45 00 02 00' };
    const answer = await centre.ask('POST', '/api/calls/dial', { token: session.accessToken, payload });
    const { callId } = answer.json<{ callId: string }>();
    const own = await phone.incoming();
    expect([own.invite?.header('x-dial'), own.invite?.header('x-call-id')]).toEqual(['0145000200', callId]);
    expect((await journal(callId)).answeredAt).toBeNull();
    await own.answer();
    await expect.poll(async () => (await journal(callId)).answeredAt, { timeout: 5000 }).not.toBeNull();
    await until('the called one is heard', () => own.media.heard.rms() > 300);
    own.hangUp();
    await expect.poll(async () => (await journal(callId)).endCause).toBe('completed');
    expect(await journal(callId)).toMatchObject({ direction: 'outbound', remoteNumber: '0145000200' });
    await expect.poll(states).toEqual(['dialing', 'ringing', 'active', 'ended']);
  });

  it('takes a queue call at the phone', async () => {
    const wanted = { token: session.accessToken, payload: { state: 'available' } };
    expect((await centre.ask('PUT', '/api/agent/availability', wanted)).statusCode).toBe(200);
    const payload = {
      queueId: 'billing',
      number: '+33199000000',
      voice: { kind: 'tone', hz: 440 },
      givesUpAfterMs: null,
    };
    const headers = { 'x-demo-key': demoKey };
    await centre.ask('POST', '/api/demo/callers', { headers, payload });
    const call = await phone.incoming();
    await call.answer();
    await until('the phone hears the customer', () => call.media.heard.level(440) > 4000);
    call.hangUp();
    const callId = call.invite?.header('x-call-id') ?? '';
    await expect.poll(async () => (await journal(callId)).endCause).toBe('completed');
    expect(await journal(callId)).toMatchObject({ queueName: 'Facturation', hasRecording: true });
    await expect.poll(states).toEqual(['ringing', 'active', 'ended']);
  });
});

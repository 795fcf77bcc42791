import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SimulatedCaller } from '../../src-server/telephony/embedded/scenario/simulated-caller';
import type { PhoneCall } from './phone-call';
import { until } from './sip-socket';
import { TestCentre } from './test-centre';
import type { TestPhone } from './test-phone';

let centre: TestCentre;
let phone: TestPhone;
beforeEach(async () => {
  centre = await TestCentre.open();
  phone = await centre.phone('1001', { hz: 600 });
});
afterEach(() => centre.closeBalanced());

async function talking(
  over: Parameters<TestCentre['caller']>[0] = {},
): Promise<{ call: PhoneCall; caller: SimulatedCaller; legId: string }> {
  const caller = centre.caller(over);
  const call = await phone.incoming();
  await call.answer();
  await until('both hear', () => call.media.heard.level(440) > 4000 && caller.heard.level(600) > 4000);
  return { call, caller, legId: (await centre.event('offered')).legId };
}

test.each([
  ['sendonly', 'recvonly'],
  ['inactive', 'inactive'],
] as const)(
  'hold by %s: answered %s, music to the customer, silence to the agent, and back',
  async (offered, answered) => {
    const { call, caller, legId } = await talking();
    const held = await call.reinvite(offered);
    expect(held.status).toBe(200);
    expect(held.body).toContain(`a=${answered}`);
    expect(held.header('contact')).not.toBe('');
    expect((await centre.event('leg-held')).legId).toBe(legId);
    await until(
      'the customer hears music, not the agent',
      () => caller.heard.level(600) < 300 && caller.heard.rms() > 200,
    );
    expect(caller.state).toBe('on-hold');
    const packets = call.media.packetsReceived;
    await until('time passes', () => caller.heard.level(600) < 100);
    expect(call.media.packetsReceived - packets).toBeLessThan(5);

    const resumed = await call.reinvite('sendrecv');
    expect(resumed.body).toContain('a=sendrecv');
    expect((await centre.event('leg-resumed')).legId).toBe(legId);
    await until('the agent is heard again', () => caller.heard.level(600) > 4000);
    await until('the customer is heard again', () => call.media.packetsReceived > packets + 20);
    expect(caller.state).toBe('talking');
  },
);

test('both sides hold: neither hears the other', async () => {
  const other = await centre.phone('1003', { hz: 900 });
  const out = await phone.dial('1003');
  const call = await other.incoming();
  await call.answer();
  await until('both hear', () => out.media.heard.level(900) > 4000 && call.media.heard.level(600) > 4000);
  await out.reinvite('sendonly');
  await call.reinvite('sendonly');
  expect(centre.of('leg-held')).toHaveLength(2);
  await out.reinvite('sendrecv');
  await call.reinvite('sendrecv');
  expect(centre.of('leg-resumed')).toHaveLength(2);
  const counts = [out.media.packetsReceived, call.media.packetsReceived];
  await until(
    'talking again',
    () => out.media.packetsReceived > (counts[0] ?? 0) + 60 && call.media.packetsReceived > (counts[1] ?? 0) + 60,
  );
  expect(out.media.heard.level(900)).toBeGreaterThan(4000);
});

test('a customer who is held too long hangs up', async () => {
  const { call, caller } = await talking({ whenHeld: { hangsUpAfterMs: 100 } });
  await call.reinvite('sendonly');
  await until('BYE', () => call.state === 'ended');
  expect(caller.endCause).toBe('completed');
});

test('a re-INVITE that changes nothing refreshes the session and tells nothing', async () => {
  const { call } = await talking();
  const response = await call.reinvite('sendrecv', {
    extraHeaders: ['Session-Expires: 90;refresher=uac', 'Supported: timer'],
  });
  expect(response.header('session-expires')).toMatch(/^90;refresher=uac/);
  expect(response.header('require')).toBe('timer');
  expect(centre.of('leg-held')).toEqual([]);
  expect(centre.of('leg-resumed')).toEqual([]);
});

test('an ICE restart in a re-INVITE keeps the conversation', async () => {
  const { call, caller } = await talking();
  const response = await call.reinvite('sendrecv', { iceRestart: true });
  expect(response.status).toBe(200);
  const packets = call.media.packetsReceived;
  await until('audio goes on both ways', () => call.media.packetsReceived > packets + 100);
  expect(call.media.heard.level(440)).toBeGreaterThan(4000);
  expect(caller.heard.level(600)).toBeGreaterThan(4000);
});

test('a re-INVITE without usable audio is refused and the call goes on', async () => {
  const { call, caller } = await talking();
  const cseq = call.request('INVITE', ['Content-Type: application/sdp'], 'v=0\r\ns=-\r\n');
  expect((await call.response('INVITE', cseq)).status).toBe(488);
  call.request('ACK', [], '', cseq);
  expect(caller.state).toBe('talking');
  expect(caller.heard.level(600)).toBeGreaterThan(4000);
});

test('keys by RFC 4733 and by INFO are told once each', async () => {
  const { call, legId } = await talking();
  for (const code of [5, 5, 10, 11, 15]) call.media.sendKey(code);
  call.media.sendKey(7, { isStartLost: true, lostEnds: 2 });
  await until('six keys', () => centre.of('dtmf').length >= 6);
  expect(
    centre
      .of('dtmf')
      .map(({ digit }) => digit)
      .join(''),
  ).toBe('55*#D7');
  expect(
    centre.of('dtmf').every(event => event.via === 'rfc4733' && event.legId === legId && event.durationMs === 80),
  ).toBe(true);
  const cseq = call.request('INFO', ['Content-Type: application/dtmf-relay'], 'Signal=9\r\nDuration=160\r\n');
  expect((await call.response('INFO', cseq)).status).toBe(200);
  expect(centre.of('dtmf').at(-1)).toMatchObject({ digit: '9', durationMs: 160, via: 'info' });
});

test('an INFO that says nothing is accepted and tells nothing', async () => {
  const { call } = await talking();
  const cseq = call.request('INFO', ['Content-Type: application/dtmf-relay'], 'Signal=X\r\n');
  expect((await call.response('INFO', cseq)).status).toBe(200);
  expect(centre.of('dtmf')).toEqual([]);
});

test('UPDATE refreshes a session; outside a dialog it gets 481, with a description 488', async () => {
  const { call } = await talking();
  const refreshed = await call.response('UPDATE', call.request('UPDATE', ['Session-Expires: 90', 'Supported: timer']));
  expect(refreshed.status).toBe(200);
  expect(refreshed.header('session-expires')).toBe('90;refresher=uac');
  const withSdp = await call.response('UPDATE', call.request('UPDATE', ['Content-Type: application/sdp'], 'v=0\r\n'));
  expect(withSdp.status).toBe(488);
  call.dialog.remote = call.dialog.remote.replace(/tag=.*/, 'tag=nobody');
  expect((await call.response('UPDATE', call.request('UPDATE'))).status).toBe(481);
});

test('a session that is not refreshed ends by BYE, one that is goes on', async () => {
  const { call } = await talking();
  await call.response('UPDATE', call.request('UPDATE', ['Session-Expires: 1']));
  const refreshedAt = performance.now();
  await until('half a second', () => performance.now() - refreshedAt > 600);
  await call.response('UPDATE', call.request('UPDATE', ['Session-Expires: 1']));
  await until('past the first expiry', () => performance.now() - refreshedAt > 1200);
  expect(call.state).toBe('confirmed');
  await until('BYE', () => call.state === 'ended');
  expect(performance.now() - refreshedAt).toBeGreaterThan(1500);
});

test('a muted phone sends silence, and the call goes on', async () => {
  const { call, caller } = await talking();
  call.media.isMuted = true;
  await until('silence', () => caller.heard.level(600) < 50);
  call.media.isMuted = false;
  await until('voice', () => caller.heard.level(600) > 4000);
  expect(caller.state).toBe('talking');
});

test('audio to the phone is steady: no burst, no gap', async () => {
  const { call } = await talking();
  const start = call.media.arrivals.length;
  await until('two seconds of audio', () => call.media.arrivals.length > start + 100);
  const arrivals = call.media.arrivals.slice(start, start + 100);
  const lengthMs = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
  expect(lengthMs).toBeGreaterThan(1980 - 250);
  expect(lengthMs).toBeLessThan(1980 + 400);
});

import { expect, test } from 'vitest';
import { until } from '../telephony/sip-socket';
import { useCentre } from './centre';

const centre = useCentre();

test.each([
  ['sendonly', 'recvonly'],
  ['inactive', 'inactive'],
] as const)(
  'hold by %s: answered %s, music to the customer, silence to the agent, and back',
  async (offered, answered) => {
    const phone = await centre.phone('1001', { hz: 600 });
    const { customer, call } = await centre.talking(phone);
    const { legId } = await centre.event('offered');
    const held = await call.reinvite(offered);
    expect(held.status).toBe(200);
    expect(held.body).toContain(`a=${answered}`);
    expect(held.header('contact')).not.toBe('');
    expect((await centre.event('leg-held')).legId).toBe(legId);
    await until(
      'the customer hears music, not the agent',
      () => customer.heard.level(600) < 300 && customer.heard.rms() > 100,
    );
    // The meter keeps what it heard last: silence is that no packet comes.
    await until('silence for the agent', () => performance.now() - (call.media.arrivals.at(-1) ?? 0) > 300);

    const packets = call.media.packetsReceived;
    const resumed = await call.reinvite('sendrecv');
    expect(resumed.body).toContain('a=sendrecv');
    expect((await centre.event('leg-resumed')).legId).toBe(legId);
    await until('the agent is heard again', () => customer.heard.level(600) > 4000);
    await until('the customer is heard again', () => call.media.packetsReceived > packets + 20);
    expect(customer.state).toBe('talking');
  },
);

test('both sides hold: neither hears the other', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const other = await centre.phone('1003', { hz: 900 });
  const out = await phone.dial('1003');
  const call = await other.incoming();
  await call.answer();
  await until('both hear', () => out.media.heard.level(900) > 4000 && call.media.heard.level(600) > 4000);
  await out.reinvite('sendonly');
  await call.reinvite('sendonly');
  await until('both held', () => centre.of('leg-held').length === 2);
  await out.reinvite('sendrecv');
  await call.reinvite('sendrecv');
  await until('both resumed', () => centre.of('leg-resumed').length === 2);
  const counts = [out.media.packetsReceived, call.media.packetsReceived];
  await until(
    'talking again',
    () => out.media.packetsReceived > (counts[0] ?? 0) + 60 && call.media.packetsReceived > (counts[1] ?? 0) + 60,
  );
  expect(out.media.heard.level(900)).toBeGreaterThan(4000);
});

test('a held customer hangs up: the phone gets BYE', async () => {
  const { customer, call } = await centre.talking(await centre.phone('1001'));
  await call.reinvite('sendonly');
  await centre.event('leg-held');
  customer.hangUp();
  await until('BYE', () => call.state === 'ended');
  expect((await centre.event('call-ended')).cause).toBe('completed');
  expect(centre.of('leg-resumed')).toEqual([]);
});

test('a re-INVITE that changes nothing refreshes the session and tells nothing', async () => {
  const { call } = await centre.talking(await centre.phone('1001'));
  const response = await call.reinvite('sendrecv', {
    extraHeaders: ['Session-Expires: 90;refresher=uac', 'Supported: timer'],
  });
  expect(response.header('session-expires')).toMatch(/^90;refresher=uac/);
  expect(response.header('require')).toContain('timer');
  expect(centre.of('leg-held')).toEqual([]);
  expect(centre.of('leg-resumed')).toEqual([]);
});

test('an ICE restart in a re-INVITE keeps the conversation', async () => {
  const { customer, call } = await centre.talking(await centre.phone('1001', { hz: 600 }));
  const response = await call.reinvite('sendrecv', { iceRestart: true });
  expect(response.status).toBe(200);
  const packets = call.media.packetsReceived;
  await until('two seconds later', () => call.media.packetsReceived > packets + 100);
  await until('both hear', () => call.media.heard.level(440) > 4000 && customer.heard.level(600) > 4000);
});

test('a re-INVITE without usable audio is refused and the call goes on', async () => {
  const { customer, call } = await centre.talking(await centre.phone('1001', { hz: 600 }));
  const cseq = call.request('INVITE', ['Content-Type: application/sdp'], 'v=0\r\ns=-\r\n');
  expect([415, 488]).toContain((await call.response('INVITE', cseq)).status);
  call.request('ACK', [], '', cseq);
  const packets = call.media.packetsReceived;
  await until('still talking', () => call.media.packetsReceived > packets + 25 && customer.heard.level(600) > 4000);
  expect(customer.state).toBe('talking');
});

test('keys by RFC 4733 are told once each, although their end is sent three times', async () => {
  const { call } = await centre.talking(await centre.phone('1001'));
  const { legId } = await centre.event('offered');
  for (const [index, code] of [5, 5, 10, 11, 15].entries()) {
    call.media.sendKey(code);
    await until('told', () => centre.of('dtmf').length === index + 1);
    const { packetsReceived } = call.media;
    await until('the finger is lifted', () => call.media.packetsReceived > packetsReceived + 12);
  }
  expect(
    centre
      .of('dtmf')
      .map(({ digit }) => digit)
      .join(''),
  ).toBe('55*#D');
  expect(centre.of('dtmf').every(event => event.via === 'rfc4733' && event.legId === legId)).toBe(true);
});

test('an INFO that says nothing tells nothing', async () => {
  const { call } = await centre.talking(await centre.phone('1001'));
  const cseq = call.request('INFO', ['Content-Type: application/dtmf-relay'], 'Signal=X\r\n');
  await call.response('INFO', cseq);
  expect(centre.of('dtmf')).toEqual([]);
});

test('UPDATE refreshes a session; outside a dialog it gets 481', async () => {
  const { call } = await centre.talking(await centre.phone('1001'));
  const refreshed = await call.response('UPDATE', call.request('UPDATE', ['Session-Expires: 90', 'Supported: timer']));
  expect(refreshed.status).toBe(200);
  expect(refreshed.header('session-expires')).toMatch(/^90;refresher=/);
  const { remote } = call.dialog;
  call.dialog.remote = remote.replace(/tag=.*/, 'tag=nobody');
  expect((await call.response('UPDATE', call.request('UPDATE'))).status).toBe(481);
  call.dialog.remote = remote;
});

test('a muted phone sends silence, and the call goes on', async () => {
  const { customer, call } = await centre.talking(await centre.phone('1001', { hz: 600 }));
  call.media.isMuted = true;
  await until('silence', () => customer.heard.level(600) < 50);
  call.media.isMuted = false;
  await until('voice', () => customer.heard.level(600) > 4000);
  expect(customer.state).toBe('talking');
});

test('audio to the phone is steady: no burst, no gap', async () => {
  const { call } = await centre.talking(await centre.phone('1001'));
  const start = call.media.arrivals.length;
  await until('two seconds of audio', () => call.media.arrivals.length > start + 100);
  const arrivals = call.media.arrivals.slice(start, start + 100);
  const lengthMs = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
  expect(lengthMs).toBeGreaterThan(1980 - 250);
  expect(lengthMs).toBeLessThan(1980 + 400);
});

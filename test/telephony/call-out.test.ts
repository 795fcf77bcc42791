import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from './sip-socket';
import { SipText } from './sip-text';
import { domain, TestCentre } from './test-centre';

let centre: TestCentre;
beforeEach(async () => void (centre = await TestCentre.open()));
afterEach(() => centre.closeBalanced());

test('a subscriber is called: ring-back as early media, then the answer, then a voice', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const call = await phone.dial('0612000700');
  await until('early media', () => call.statuses.includes(183));
  await until('ring-back is heard', () => call.media.heard.level(440) > 1000 && call.media.heard.level(480) > 1000);
  expect(call.state).toBe('early');
  await until('answer', () => call.state === 'confirmed');
  await until('the subscriber is heard', () => call.media.heard.level(700) > 4000);
  const { callId, direction } = await centre.event('call-started');
  expect(direction).toBe('outbound');
  expect(call.received.find(({ status }) => status === 200)?.header('x-call-id')).toBe(callId);
  await centre.event('recording-started');
  call.hangUp();
  expect((await centre.event('call-ended')).cause).toBe('completed');
  expect(centre.of('leg-answered')).toHaveLength(2);
});

test('a subscriber who answers speaks', async () => {
  const phone = await centre.phone('1001');
  const call = await phone.dial('+33612345678');
  await until('answer', () => call.state === 'confirmed');
  await until('ring-back is over', () => call.media.heard.level(440) < 100);
  await until('speech is heard', () => call.media.heard.rms() > 500);
  expect(centre.of('leg-answered')).toHaveLength(2);
});

test('an INVITE without usable audio is refused', async () => {
  const phone = await centre.phone('1001');
  const call = await phone.dial('0612000700', [], 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n');
  await until('488', () => call.statuses.includes(488));
  expect((await centre.event('call-ended')).cause).toBe('media-failed');
});

test('the echo service greets and gives back what it hears', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const call = await phone.dial('*43');
  await until('answer', () => call.state === 'confirmed');
  await until('greeting', () => call.media.heard.rms() > 300);
  await until('echo', () => call.media.heard.level(600) > 4000);
  expect(centre.of('recording-started')).toEqual([]);
  call.hangUp();
  await centre.event('call-ended');
});

test('BYE waits for the ACK of our 200 (RFC 3261 section 15)', async () => {
  const caller = await centre.phone('1001');
  const callee = await centre.phone('1003');
  const out = await caller.dial('1003');
  out.acknowledges = false;
  const call = await callee.incoming();
  await call.answer();
  await until('answer', () => out.state === 'confirmed');
  call.hangUp();
  await centre.event('call-ended');
  expect(out.received.some(({ method }) => method === 'BYE')).toBe(false);
  out.request('ACK', [], '', 1);
  await until('BYE', () => out.received.some(({ method }) => method === 'BYE'));
});

test('nobody answers in the network or at a colleague’s desk: 408 after the time that was set', async () => {
  await centre.closeBalanced();
  centre = await TestCentre.open(undefined, { timing: { networkRingMs: 600, internalRingMs: 600 } });
  const phone = await centre.phone('1001');
  const outside = await phone.dial('0612000408');
  await until('408 from the network', () => outside.statuses.includes(408));
  await centre.phone('1002');
  const inside = await phone.dial('1002');
  await until('408 from the colleague', () => inside.statuses.includes(408));
  expect(centre.of('call-ended').map(({ cause }) => cause)).toEqual(['no-answer', 'no-answer']);
});

test('a nonce that has become too old costs a phone one more INVITE, not its call', async () => {
  const phone = await centre.phone('1001');
  phone.acceptChallenge(
    new SipText(
      `SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm="${domain}",nonce="of long ago",algorithm=SHA-256,qop="auth"\r\n\r\n`,
    ),
  );
  const called = await centre.phone('1002');
  const call = await phone.dial('1002');
  await called.incoming();
  expect(call.statuses).not.toContain(401);
});

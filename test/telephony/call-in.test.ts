import { readdirSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { until } from './sip-socket';
import { TestCentre, aQueue } from './test-centre';

let centre: TestCentre;
afterEach(() => centre.closeBalanced());

test('a customer is connected to an agent and both hear each other', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001', { hz: 600 });
  const caller = centre.caller();
  const call = await phone.incoming();
  expect(call.invite?.header('x-call-id')).toBe(caller.callId);
  expect(call.invite?.header('x-queue')).toBe('Support');
  expect(call.invite?.header('x-media-while-ringing')).toBe('yes');
  expect(call.invite?.header('from')).toContain('"Jeanne Moreau" <sip:+33612345678@centre.test>');
  await centre.event('leg-ringing');
  const answeredAt = performance.now();
  await call.answer();
  const firstPacketAt = await until('first packet', () => call.media.firstPacketAt);
  expect(firstPacketAt - answeredAt).toBeLessThan(2000);
  await until('agent hears the customer', () => call.media.heard.level(440) > 4000);
  await until('customer hears the agent', () => caller.heard.level(600) > 4000);
  expect(caller.state).toBe('talking');

  call.hangUp();
  expect((await centre.event('call-ended')).cause).toBe('completed');
  expect(caller.state).toBe('ended');
  const types = centre.events.map(({ type }) => type).filter(type => !type.startsWith('line-'));
  expect(types).toEqual([
    'call-started',
    'leg-started',
    'queue-joined',
    'leg-started',
    'offered',
    'leg-ringing',
    'leg-answered',
    'offer-ended',
    'queue-left',
    'leg-answered',
    'recording-started',
    'leg-ended',
    'leg-ended',
    'recording-finished',
    'call-ended',
  ]);
});

test('the customer hangs up: the phone gets BYE', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.answer();
  caller.hangUp();
  await until('BYE', () => call.received.some(({ method }) => method === 'BYE'));
  expect((await centre.event('call-ended')).cause).toBe('completed');
});

test('customers hang up by themselves after their time', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  centre.caller({ hangsUpAfterMs: 200 });
  const call = await phone.incoming();
  await call.answer();
  await until('BYE', () => call.state === 'ended');
  expect((await centre.event('call-ended')).cause).toBe('completed');
});

test('a customer who gives up while it rings: CANCEL, and the phone is free again', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const caller = centre.caller({ givesUpAfterMs: 150 });
  const call = await phone.incoming();
  await until('CANCEL', () => call.state === 'ended');
  expect(call.received.find(({ method }) => method === 'CANCEL')?.has('reason')).toBe(false);
  expect(caller.endCause).toBe('caller-cancelled');
  expect((await centre.event('offer-ended')).cause).toBe('caller-left');
  expect((await centre.event('queue-left')).cause).toBe('abandoned');
  expect((await centre.event('call-ended')).cause).toBe('caller-cancelled');
  expect(readdirSync(centre.recordingsFolder)).toEqual([]); // nobody talked
  centre.caller();
  await phone.incoming(1);
});

test('CANCEL and 200 cross: the phone gets ACK and BYE', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  phone.ringsByItself = false;
  const caller = centre.caller();
  const call = await phone.incoming();
  caller.hangUp(); // no provisional response yet, so no CANCEL may leave (RFC 3261 section 9.1)
  await call.sendAnswer();
  await until('ACK', () => call.received.some(({ method }) => method === 'ACK'));
  await until('BYE', () => call.received.some(({ method }) => method === 'BYE'));
  expect(centre.of('leg-answered')).toEqual([]);
});

test.each([
  [486, 'busy', 'busy'],
  [603, 'declined', 'rejected'],
  [480, 'declined', 'rejected'],
  [500, 'failed', 'failed'],
] as const)('a phone that refuses with %i is passed over: %s', async (status, offerEnd, legEnd) => {
  centre = await TestCentre.open();
  const [first, second] = [await centre.phone('1001'), await centre.phone('1002')];
  const caller = centre.caller();
  (await first.incoming()).decline(status);
  const call = await second.incoming();
  expect((await centre.event('offer-ended')).cause).toBe(offerEnd);
  expect((await centre.event('leg-ended')).cause).toBe(legEnd);
  await call.answer();
  expect(caller.state).toBe('talking');
  expect(first.calls).toHaveLength(1);
});

test('media comes up while it rings; what the phone says before the answer is heard by nobody', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001', { hz: 600 });
  phone.ringsByItself = false;
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.ringWithMedia();
  await until('DTLS while ringing', () => call.media.isConnected);
  call.media.startSpeaking(); // a bad phone
  const { legId } = await centre.event('offered');
  await until('packets before the answer', () => (centre.engine.legStatistics(legId)?.packetsBeforeAnswer ?? 0) > 20);
  expect(caller.heard.level(600)).toBeLessThan(100);
  expect(call.media.packetsReceived).toBe(0);
  const answeredAt = performance.now();
  await call.answer();
  await until('customer hears the agent', () => caller.heard.level(600) > 1000);
  const firstPacketAt = await until('agent is sent audio', () => call.media.firstPacketAt);
  expect(firstPacketAt - answeredAt).toBeLessThan(300);
});

test('a good phone sends nothing before the answer', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  phone.ringsByItself = false;
  centre.caller();
  const call = await phone.incoming();
  await call.ringWithMedia();
  await until('DTLS while ringing', () => call.media.isConnected);
  await call.answer();
  const { legId } = await centre.event('offered');
  await until('packets', () => (centre.engine.legStatistics(legId)?.packetsReceived ?? 0) > 10);
  expect(centre.engine.legStatistics(legId)?.packetsBeforeAnswer).toBe(0);
});

test('queue names and caller names travel safely in headers', async () => {
  centre = await TestCentre.open([aQueue({ name: 'Facturation & été 100 %' })]);
  const phone = await centre.phone('1001');
  centre.caller({ name: 'Zoë "Z"\r\nX-Evil: 1\u0000' });
  const { invite } = await phone.incoming();
  expect(decodeURIComponent(invite?.header('x-queue') ?? '')).toBe('Facturation & été 100 %');
  expect(invite?.header('x-queue')).toMatch(/^[\x20-\x7e]+$/);
  expect(invite?.has('x-evil')).toBe(false);
  expect(invite?.header('from')).toContain('Zoë');
});

test('a broken description in the 200 ends the call and nothing else', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  centre.caller();
  const call = await phone.incoming();
  call.answerWith('v=0\r\nnonsense\r\n');
  await until('BYE', () => call.received.some(({ method }) => method === 'BYE'));
  expect((await centre.event('offer-ended')).cause).toBe('failed');
  expect((await phone.register()).status).toBe(200);
});

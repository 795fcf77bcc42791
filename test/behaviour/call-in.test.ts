import { describe, expect, test } from 'vitest';
import { until } from '../telephony/sip-socket';
import { aQueue, useCentre } from './centre';

const centre = useCentre();

test('a customer is connected to an agent and both hear each other', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const customer = await centre.customer({ number: '0145550142', name: 'Jeanne Moreau' });
  const call = await phone.incoming();
  expect(call.invite?.header('x-call-id')).toBe(customer.callId);
  expect(call.invite?.header('x-queue')).toBe('Support');
  expect(call.invite?.header('x-media-while-ringing')).toBe('yes');
  expect(call.invite?.header('from')).toContain('"Jeanne Moreau" <sip:0145550142@');
  expect(centre.of('call-started')).toEqual([
    expect.objectContaining({
      direction: 'inbound',
      from: { number: '0145550142', name: 'Jeanne Moreau' },
      to: { number: '800' },
    }),
  ]);
  await centre.event('leg-ringing');
  expect(customer.state).toBe('waiting');
  const answeredAt = performance.now();
  await call.answer();
  const firstPacketAt = await until('first packet', () => call.media.firstPacketAt);
  expect(firstPacketAt - answeredAt).toBeLessThan(2000);
  await until('agent hears the customer', () => call.media.heard.level(440) > 4000);
  await until('customer hears the agent', () => customer.heard.level(600) > 4000);
  expect(customer.state).toBe('talking');
  await centre.event('recording-started');

  call.hangUp();
  expect((await centre.event('call-ended')).cause).toBe('completed');
  await until('customer let go', () => customer.state === 'ended');
  expect(centre.story).toEqual([
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
  const phone = await centre.phone('1001');
  const { customer, call } = await centre.talking(phone);
  customer.hangUp();
  await until('BYE', () => call.received.some(({ method }) => method === 'BYE'));
  expect((await centre.event('call-ended')).cause).toBe('completed');
});

test('a customer who gives up while it rings: CANCEL without "elsewhere", and the phone is free again', async () => {
  const phone = await centre.phone('1001');
  const customer = await centre.customer();
  const call = await phone.incoming();
  await centre.event('leg-ringing');
  customer.hangUp();
  await until('CANCEL', () => call.state === 'ended');
  expect(call.received.find(({ method }) => method === 'CANCEL')?.header('reason')).not.toMatch(/cause=(200|26)/);
  expect((await centre.event('offer-ended')).cause).toBe('caller-left');
  expect((await centre.event('queue-left')).cause).toBe('abandoned');
  expect((await centre.event('call-ended')).cause).toBe('caller-cancelled');
  expect(centre.of('recording-started')).toEqual([]); // nobody talked
  await centre.customer({ number: '0145550143' });
  await phone.incoming(1);
});

test('CANCEL and 200 cross: the phone gets ACK and BYE', async () => {
  const phone = await centre.phone('1001');
  phone.ringsByItself = false;
  const customer = await centre.customer();
  const call = await phone.incoming();
  customer.hangUp(); // no provisional response yet, so no CANCEL may leave (RFC 3261 section 9.1)
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
  const phones = [await centre.phone('1001'), await centre.phone('1002')];
  const customer = await centre.customer();
  const first = await until('one rings', () => phones.find(({ calls }) => calls.length > 0));
  const second = phones[1 - phones.indexOf(first)];
  (await first.incoming()).decline(status);
  const call = await second?.incoming();
  expect((await centre.event('offer-ended')).cause).toBe(offerEnd);
  expect((await centre.event('leg-ended')).cause).toBe(legEnd);
  await call?.answer();
  await until('talks', () => customer.state === 'talking');
  expect(first.calls).toHaveLength(1);
});

test('media may come up while it rings; what the phone says before the answer is heard by nobody', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  phone.ringsByItself = false;
  const customer = await centre.customer();
  const call = await phone.incoming();
  await call.ringWithMedia();
  await until('DTLS while ringing', () => call.media.isConnected);
  call.media.startSpeaking(); // a bad phone
  await until('music for the customer', () => customer.heard.rms() > 200);
  expect(customer.heard.level(600)).toBeLessThan(100);
  await call.answer();
  await until('customer hears the agent', () => customer.heard.level(600) > 1000);
});

test('a broken description in the 200 ends the ringing and nothing else', async () => {
  const phone = await centre.phone('1001');
  await centre.customer();
  const call = await phone.incoming();
  call.answerWith('v=0\r\nnonsense\r\n');
  await until('BYE', () => call.received.some(({ method }) => method === 'BYE'));
  expect((await centre.event('offer-ended')).cause).toBe('failed');
  expect((await phone.register()).status).toBe(200);
});

describe('texts of callers and of the centre', () => {
  test('queue names and caller names travel safely in headers', async () => {
    centre.queues = [aQueue({ name: 'Facturation & été 100 %' })];
    const phone = await centre.phone('1001');
    await centre.customer({ name: 'Zoë "Z"; X-Evil' });
    const { invite } = await phone.incoming();
    expect(decodeURIComponent(invite?.header('x-queue') ?? '')).toBe('Facturation & été 100 %');
    expect(invite?.header('x-queue')).toMatch(/^[\x20-\x7e]+$/);
    expect(invite?.header('from')).toContain('Zoë');
  });

  test.each(['O\'Hara, "Bob"; ${SHELL(id)}', '😀 Zoë <script>', 'x'.repeat(200)])(
    'a caller named %s does no harm',
    async name => {
      const phone = await centre.phone('1001');
      const customer = await centre.customer({ name });
      const call = await phone.incoming();
      expect(centre.of('call-started')[0]?.from.name?.slice(0, 60)).toContain(name.slice(0, 6));
      await call.answer();
      await centre.event('recording-started');
      customer.hangUp();
      const { file, recordingId } = await centre.event('recording-finished');
      expect(file).toContain(recordingId);
      expect(recordingId).toMatch(/^[\w-]+$/);
    },
  );
});

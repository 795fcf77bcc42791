import { expect, test } from 'vitest';
import { loudestTone, toneLevel } from '../rig/tones';
import type { PhoneCall } from '../telephony/phone-call';
import { until } from '../telephony/sip-socket';
import type { TestPhone } from '../telephony/test-phone';
import { anExtension, aQueue, type Customer, engineName, useCentre } from './centre';

const centre = useCentre({
  queues: [aQueue({ memberExtensions: ['1001'] })],
  extensions: ['1001', '1002', '1003', '1004'].map(extension => anExtension(extension)),
});

interface Consultation {
  readonly customer: Customer;
  /** The sender's call with the customer, on hold, and its call with the colleague. */
  readonly held: PhoneCall;
  readonly consult: PhoneCall;
  readonly consulted: PhoneCall;
  readonly target: TestPhone;
}

/** A customer on hold (440 Hz), its agent 1001 (600), and the colleague 1002 (900) whom the agent asks. */
async function consulting(): Promise<Consultation> {
  const sender = await centre.phone('1001', { hz: 600 });
  const target = await centre.phone('1002', { hz: 900 });
  const { customer, call: held } = await centre.talking(sender);
  await centre.event('recording-started', ({ callId }) => callId === customer.callId);
  const packets = held.media.packetsReceived;
  await until('they talk', () => held.media.packetsReceived > packets + 25);
  await held.reinvite('sendonly');
  const consult = await sender.dial('1002');
  const consulted = await target.incoming();
  await consulted.answer();
  await until('both hear', () => consult.media.heard.level(900) > 4000 && consulted.media.heard.level(600) > 4000);
  return { customer, held, consult, consulted, target };
}

const factsOf = (callId: string, from: string): string[] => {
  const own = centre.events.filter(event => 'callId' in event && event.callId === callId).map(({ type }) => type);
  return own.slice(own.indexOf(from as (typeof own)[number]));
};

test.each([
  ['as the phone sees its tags', false],
  // Asterisk is strict; the app makes its consultation calls itself, and of those JsSIP writes the tags the right way round.
  ...(engineName === 'asterisk' ? [] : [['with the tags the other way round', true] as const]),
] as const)('the customer and the colleague talk, and the sender is out (%s)', async (_title, isReversed) => {
  const { customer, held, consult, consulted } = await consulting();
  const { status } = await held.referTo(consult, '1002', { isReversed });
  expect(status).toBe(202);
  const { transferId, consultCallId, ...started } = await centre.event('transfer-started');
  expect(started).toMatchObject({
    kind: 'attended',
    callId: customer.callId,
    extension: '1001',
    to: { number: '1002' },
  });
  await until('both of the sender’s calls end', () => held.state === 'ended' && consult.state === 'ended');
  await until('both hear', () => consulted.media.heard.level(440) > 4000 && customer.heard.level(900) > 4000);
  await until('the sender is out', () => customer.heard.level(600) < 300);
  expect(consulted.state).toBe('confirmed');
  expect(await centre.event('transfer-ended')).toMatchObject({ transferId, outcome: 'completed' });
  expect(factsOf(customer.callId, 'transfer-started')).toEqual([
    'transfer-started',
    'leg-started',
    'leg-answered',
    'leg-ended',
    'transfer-ended',
  ]);
  const consultation = centre.events.filter(event => 'callId' in event && event.callId === consultCallId);
  expect(consultation.slice(-3)).toEqual([
    expect.objectContaining({ type: 'leg-ended', cause: 'transferred' }),
    expect.objectContaining({ type: 'leg-ended', cause: 'transferred' }),
    expect.objectContaining({ type: 'call-ended', cause: 'transferred' }),
  ]);
  consulted.hangUp();
  expect((await centre.event('call-ended', ({ callId }) => callId === customer.callId)).cause).toBe('completed');
});

test('the REFER may come on the consultation call: the customer’s call goes on all the same', async () => {
  const { customer, held, consult, consulted } = await consulting();
  expect((await consult.referTo(held, '800')).status).toBe(202);
  await until('both hear', () => consulted.media.heard.level(440) > 4000 && customer.heard.level(900) > 4000);
  expect(await centre.event('transfer-started')).toMatchObject({ callId: customer.callId, to: { number: '1002' } });
  expect(customer.state).toBe('talking');
});

test('the recording goes on in the same file: agent, music, colleague', async () => {
  const { customer, held, consult, consulted } = await consulting();
  await held.referTo(consult, '1002');
  await until('the customer hears the colleague', () => customer.heard.level(900) > 4000);
  const packets = consulted.media.packetsReceived;
  await until('they talk for a second', () => consulted.media.packetsReceived > packets + 50);
  consulted.hangUp();
  const finished = await centre.event('recording-finished', ({ callId }) => callId === customer.callId);
  expect(centre.of('recording-started', ({ callId }) => callId === customer.callId)).toHaveLength(1);
  const { channels, sampleRate } = centre.recordingOf(finished);
  const heard = channels[1] ?? new Int16Array();
  const last = heard.subarray(-0.3 * sampleRate);
  expect(loudestTone(heard, sampleRate, 600)).toBeGreaterThan(0.02);
  expect(toneLevel(last, sampleRate, 900)).toBeGreaterThan(0.02);
  expect(toneLevel(last, sampleRate, 600)).toBeLessThan(0.01);
});

test('a consultation call that is over: refused, and nothing is lost', async () => {
  const { customer, held, consult } = await consulting();
  const replaces = consult.replaces();
  consult.hangUp();
  await until('over', () => centre.of('call-ended').length === 1);
  const { status } = await held.refer(`sip:1002@centre.local?Replaces=${encodeURIComponent(replaces)}`);
  if (status === 202) await until('NOTIFY of the refusal', () => held.notified.some(code => code >= 400));
  else expect(status).toBeGreaterThanOrEqual(400);
  expect(centre.of('transfer-started')).toEqual([]);
  await held.reinvite('sendrecv');
  await until('they talk', () => held.media.heard.level(440) > 4000 && customer.heard.level(600) > 4000);
});

test('the target hangs up a while after it took over: the customer’s call ends as any other', async () => {
  const { customer, held, consult, consulted } = await consulting();
  await held.referTo(consult, '1002');
  const packets = consulted.media.packetsReceived;
  await until('half a second of talk', () => consulted.media.packetsReceived > packets + 30);
  consulted.hangUp();
  expect((await centre.event('call-ended', ({ callId }) => callId === customer.callId)).cause).toBe('completed');
  await until('the customer is let go', () => customer.state === 'ended');
});

test('the target hangs up in the moment of completion, and meant the agent: the customer comes back', async () => {
  const { customer, held, consult, consulted } = await consulting();
  await held.referTo(consult, '1002');
  consulted.hangUp();
  const back = await held.phone.incoming(1);
  expect(back.invite?.header('x-call-id')).toBe(customer.callId);
  expect(back.invite?.header('x-transfer-returned')).toBe('rejected;to=1002');
  await back.answer();
  await until('they talk', () => back.media.heard.level(440) > 4000 && customer.heard.level(600) > 4000);
});

test('somebody outside was asked, and gets the customer', async () => {
  const sender = await centre.phone('1001', { hz: 600 });
  const { customer, call: held } = await centre.talking(sender);
  await held.reinvite('sendonly');
  const number = centre.subscriber('answers');
  const consult = await sender.dial(number);
  await until('they talk', () => consult.media.heard.level(700) > 4000);
  await held.referTo(consult, number);
  await until('the customer hears the one outside', () => customer.heard.level(700) > 4000);
  expect(await centre.event('transfer-started')).toMatchObject({ callId: customer.callId, to: { number } });
  customer.hangUp();
  expect((await centre.event('call-ended', ({ callId }) => callId === customer.callId)).cause).toBe('completed');
});

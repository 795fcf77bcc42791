import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPeaks } from '../../src-shared/recordings/peaks';
import { loudness, toneLevel } from '../rig/tones';
import type { PhoneCall } from '../telephony/phone-call';
import { until } from '../telephony/sip-socket';
import { useCentre } from './centre';
import type { EventOf } from './rig/event-log';

const centre = useCentre();
const rate = 8000;

/** Left: what the customer says, right: what it hears. */
function sidesOf(finished: EventOf<'recording-finished'>): { left: Int16Array; right: Int16Array } {
  const { channels, sampleRate } = centre.recordingOf(finished);
  expect(sampleRate).toBe(rate);
  expect(channels).toHaveLength(2);
  return { left: channels[0] ?? new Int16Array(), right: channels[1] ?? new Int16Array() };
}
/** Of the last half second all but the very end, in which somebody has put the receiver down already. */
const nearTheEnd = (samples: Int16Array): Int16Array => samples.subarray(-rate / 2, -rate / 4);

test('left is what the customer says, right what it hears: agent, music while held, agent', async () => {
  const { customer, call } = await centre.talking(await centre.phone('1001', { hz: 600 }));
  const { at: startedAt, ...started } = await centre.event('recording-started');
  await until('agent is heard', () => customer.heard.level(600) > 5000);
  const packets = call.media.packetsReceived;
  await until('half a second of talk', () => call.media.packetsReceived > packets + 25);
  await call.reinvite('sendonly');
  const { at: heldAt } = await centre.event('leg-held');
  await until('only music', () => customer.heard.level(600) < 100 && customer.heard.rms() > 100);
  await call.reinvite('sendrecv');
  const { at: resumedAt } = await centre.event('leg-resumed');
  await until('agent is heard again', () => customer.heard.level(600) > 5000);
  call.hangUp();
  const finished = await centre.event('recording-finished');
  const { at: endedAt } = await centre.event('call-ended');

  expect(finished.file).toBe(started.file);
  const { left, right } = sidesOf(finished);
  expect(Math.abs((left.length * 1000) / rate - finished.durationMs)).toBeLessThanOrEqual(20);
  expect(Math.abs(finished.durationMs - (endedAt - startedAt))).toBeLessThanOrEqual(400);
  const part = (samples: Int16Array, fromMs: number, toMs: number): Int16Array =>
    samples.subarray(fromMs * 8, toMs * 8);
  const [held, resumed] = [heldAt - startedAt, resumedAt - startedAt];
  expect(toneLevel(part(left, 0, finished.durationMs), rate, 440)).toBeGreaterThan(0.12);
  expect(toneLevel(part(right, held - 300, held - 100), rate, 600)).toBeGreaterThan(0.12);
  expect(toneLevel(part(right, held + 250, resumed - 150), rate, 600)).toBeLessThan(0.01);
  expect(loudness(part(right, held + 250, resumed - 150))).toBeGreaterThan(0.005);
  expect(toneLevel(nearTheEnd(right), rate, 600)).toBeGreaterThan(0.12);
  expect(toneLevel(nearTheEnd(left), rate, 600)).toBeLessThan(0.01);
});

test('no file for a caller who was never connected', async () => {
  await centre.phone('1001');
  const customer = await centre.customer();
  await centre.event('leg-ringing');
  const before = readdirSync(centre.recordingsFolder);
  customer.hangUp();
  await centre.event('call-ended');
  expect(readdirSync(centre.recordingsFolder)).toEqual(before);
  expect(centre.of('recording-started')).toEqual([]);
});

test('the shape of a recording lies beside it, as long and as loud as the sound, both sides', async () => {
  const { call } = await centre.talking(await centre.phone('1001', { hz: 600 }));
  const packets = call.media.packetsReceived;
  await until('a second of talk', () => call.media.packetsReceived > packets + 60);
  call.hangUp();
  const finished = await centre.event('recording-finished');
  const { left, right } = sidesOf(finished);
  const file = join(centre.recordingsFolder, `${finished.recordingId}.peaks`);
  const peaks = readPeaks(readFileSync(file));
  expect(peaks).toMatchObject({ channels: 2, columnMs: 100, columns: Math.ceil((left.length * 10) / rate) });
  const highest = (samples: Int16Array): number =>
    Math.floor(samples.reduce((most, each) => Math.max(most, each), 0) / 256);
  const highestIn = (channel: 0 | 1): number =>
    (peaks?.bytes ?? new Int8Array()).reduce(
      (most, each, at) => (at % 4 === channel * 2 + 1 ? Math.max(most, each) : most),
      0,
    );
  expect([highestIn(0), highestIn(1)]).toEqual([highest(left), highest(right)]);
});

/** The agent (of so many Hz) and the subscriber (700) talk for a second and hang up; both are in the recording. */
async function expectRecordedToTheEnd(call: PhoneCall, agentHz: number): Promise<void> {
  await centre.event('recording-started');
  const packets = call.media.packetsReceived;
  await until('a second of talk', () => call.media.packetsReceived > packets + 50);
  call.hangUp();
  const { left, right } = sidesOf(await centre.event('recording-finished'));
  expect(toneLevel(nearTheEnd(left), rate, 700)).toBeGreaterThan(0.12);
  expect(toneLevel(nearTheEnd(right), rate, agentHz)).toBeGreaterThan(0.12);
}

test('an outgoing call is recorded on the subscriber’s leg', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const call = await phone.dial(centre.subscriber('answers'));
  await expectRecordedToTheEnd(call, 600);
});

test('colleagues are not recorded among themselves, and the one who is sent outside is from then on', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const colleague = await centre.phone('1002', { hz: 900 });
  const out = await phone.dial('1002');
  const call = await colleague.incoming();
  await call.answer();
  await until('both hear', () => out.media.heard.level(900) > 4000 && call.media.heard.level(600) > 4000);
  expect(centre.of('recording-started')).toEqual([]);
  await out.refer(centre.subscriber('answers'));
  await until('the subscriber is heard', () => call.media.heard.level(700) > 4000);
  await expectRecordedToTheEnd(call, 900);
});

test('what callers send never gets into a file name', async () => {
  const phone = await centre.phone('1001');
  await centre.customer({ name: '../../etc/passwd; rm -rf /' });
  await (await phone.incoming()).answer();
  const { recordingId, file } = await centre.event('recording-started');
  expect(file.endsWith(`${recordingId}.wav`)).toBe(true);
  expect(recordingId).toMatch(/^[0-9a-f-]{36}$/);
});

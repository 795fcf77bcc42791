import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleRate } from '../../src-server/telephony/embedded/media/audio-frame';
import { loudness, toneLevel } from '../rig/tones';
import { readWav } from '../rig/wav';
import { until } from './sip-socket';
import { TestCentre } from './test-centre';

let centre: TestCentre;
beforeEach(async () => void (centre = await TestCentre.open()));
afterEach(() => centre.closeBalanced());

const open = (file: string): { left: Int16Array; right: Int16Array } => {
  const { channels, sampleRate: rate } = readWav(readFileSync(join(centre.recordingsFolder, file)));
  expect(rate).toBe(sampleRate);
  expect(channels).toHaveLength(2);
  return { left: channels[0] ?? new Int16Array(), right: channels[1] ?? new Int16Array() };
};

test('left is what the customer says, right what it hears: agent, music while held, agent', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.answer();
  await until('agent is heard', () => caller.heard.level(600) > 5000);
  const { at: heldAt } = await call.reinvite('sendonly').then(() => centre.event('leg-held'));
  await until('only music', () => caller.heard.level(600) < 100 && caller.heard.rms() > 200);
  await call.reinvite('sendrecv');
  const { at: resumedAt } = await centre.event('leg-resumed');
  await until('agent is heard again', () => caller.heard.level(600) > 5000);
  call.hangUp();
  const { at: endedAt, file, recordingId, durationMs } = await centre.event('recording-finished');
  const { at: startedAt, ...started } = await centre.event('recording-started');

  expect(file).toBe(`${recordingId}.wav`);
  expect(started.file).toBe(file);
  const { left, right } = open(file);
  expect((left.length * 1000) / sampleRate).toBeCloseTo(durationMs, 0);
  expect(Math.abs(durationMs - (endedAt - startedAt))).toBeLessThanOrEqual(100);
  const part = (samples: Int16Array, fromMs: number, toMs: number): Int16Array =>
    samples.subarray(fromMs * 8, toMs * 8);
  const [held, resumed] = [heldAt - startedAt, resumedAt - startedAt];
  expect(toneLevel(part(left, 0, durationMs), sampleRate, 440)).toBeGreaterThan(0.12);
  expect(toneLevel(part(right, held - 300, held - 100), sampleRate, 600)).toBeGreaterThan(0.12);
  expect(toneLevel(part(right, held + 200, resumed - 100), sampleRate, 600)).toBeLessThan(0.01);
  expect(loudness(part(right, held + 200, resumed - 100))).toBeGreaterThan(0.005);
  expect(toneLevel(right.subarray(-1600), sampleRate, 600)).toBeGreaterThan(0.12);
});

test('what a customer says is recorded sample for sample', async () => {
  const phone = await centre.phone('1001');
  centre.caller({ voice: { kind: 'speech', file: 'invoice-question-en.wav' } });
  const call = await phone.incoming();
  await call.answer();
  const { file } = await centre.event('recording-started');
  const source = readWav(readFileSync('assets/speech/invoice-question-en.wav')).channels[0] ?? new Int16Array();
  const firstWords = source.subarray(1600, 1600 + 3200);
  await until('two seconds', () => statSync(join(centre.recordingsFolder, file)).size >= 44 + 32_000 * 2, 10_000);
  call.hangUp();
  await centre.event('recording-finished');
  const { left } = open(file);
  const bytes = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  expect(bytes(left).includes(bytes(firstWords))).toBe(true);
});

test('the file is readable at any moment, not only at the end', async () => {
  const phone = await centre.phone('1001');
  centre.caller();
  const call = await phone.incoming();
  await call.answer();
  const { file } = await centre.event('recording-started');
  await until('the first second is on disk', () => statSync(join(centre.recordingsFolder, file)).size > 44);
  expect(open(file).left.length).toBeGreaterThanOrEqual(sampleRate);
});

test('no file for a caller who was never connected', async () => {
  await centre.phone('1001');
  const caller = centre.caller();
  await centre.event('leg-ringing');
  caller.hangUp();
  await centre.event('call-ended');
  expect(readdirSync(centre.recordingsFolder)).toEqual([]);
});

test('an outgoing call is recorded on the subscriber’s leg', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const call = await phone.dial('0612000700');
  await until('tone', () => call.media.heard.level(700) > 4000);
  call.hangUp();
  const { file } = await centre.event('recording-finished');
  const { left, right } = open(file);
  expect(toneLevel(left.subarray(-1600), sampleRate, 700)).toBeGreaterThan(0.12);
  expect(toneLevel(right.subarray(-1600), sampleRate, 600)).toBeGreaterThan(0.12);
});

test('what callers send never gets into a file name', async () => {
  const phone = await centre.phone('1001');
  centre.caller({ number: '../../etc/passwd', name: '; rm -rf /' });
  await (await phone.incoming()).answer();
  const { file } = await centre.event('recording-started');
  expect(file).toMatch(/^[0-9a-f-]{36}\.wav$/);
});

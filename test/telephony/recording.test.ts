import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleRate } from '../../src-server/telephony/embedded/media/audio-frame';
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

test('what callers send never gets into a file name', async () => {
  const phone = await centre.phone('1001');
  centre.caller({ number: '../../etc/passwd', name: '; rm -rf /' });
  await (await phone.incoming()).answer();
  const { file } = await centre.event('recording-started');
  expect(file).toMatch(/^[0-9a-f-]{36}\.wav$/);
});

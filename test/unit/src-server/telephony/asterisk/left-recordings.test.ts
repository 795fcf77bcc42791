import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AmiConnection } from '../../../../../src-server/telephony/asterisk/ami/ami-connection';
import { AmiMessage } from '../../../../../src-server/telephony/asterisk/ami/ami-message';
import { LeftRecordings } from '../../../../../src-server/telephony/asterisk/recording/left-recordings';
import { rawName } from '../../../../../src-server/telephony/asterisk/recording/raw-recording';
import { systemClock } from '../../../../../src-server/system-clock';
import { QuietLogger } from '../../../../fakes/quiet-logger';

const callId = '11111111-1111-4111-8111-111111111111';
const ended = { callId, recordingId: '22222222-2222-4222-8222-222222222222' };
const running = { callId, recordingId: '33333333-3333-4333-8333-333333333333' };
const second = Buffer.alloc(32_000);

let here: string;
let recordingsFolder: string;
beforeEach(() => {
  [here, recordingsFolder] = [mkdtempSync(join(tmpdir(), 'raw-')), mkdtempSync(join(tmpdir(), 'wav-'))];
});
afterEach(() => [here, recordingsFolder].forEach(folder => rmSync(folder, { recursive: true })));

const message = (fields: Record<string, string>): AmiMessage =>
  new AmiMessage(new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), [value]])));
const channel = message({ Channel: 'PJSIP/trunk-1', Uniqueid: '1.1' });

/** Of a server that starts while the channel above still writes its recording. */
function aStart() {
  const told: string[] = [];
  const left = new LeftRecordings({
    ami: {
      action: async ({ Channel }: { Channel: string }) => {
        if (Channel !== 'PJSIP/trunk-1') throw new Error('No such channel');
        return message({ Value: `/in/asterisk/${rawName(running)}` });
      },
    } as unknown as AmiConnection,
    clock: systemClock,
    log: new QuietLogger(),
    tell: fact => fact.type === 'recording-finished' && told.push(`${fact.recordingId} ${fact.durationMs}`),
    here,
    recordingsFolder,
  });
  return { left, told };
}

test('what a dead server left becomes files: at once where the call is over, else when its channel is gone', async () => {
  for (const each of [ended, running]) writeFileSync(join(here, rawName(each)), second);
  writeFileSync(join(here, 'of-somebody-else.raw'), second);
  const { left, told } = aStart();
  await left.pickUp([message({ Channel: 'PJSIP/gone', Uniqueid: '1.0' }), channel]);
  await vi.waitUntil(() => told.length === 1);
  expect(told).toEqual([`${ended.recordingId} 1000`]);
  writeFileSync(join(here, rawName(running)), Buffer.concat([second, second]));
  left.hear(message({ Event: 'Hangup', Uniqueid: '1.0' }));
  left.hear(message({ Event: 'NewState', Uniqueid: '1.1' }));
  expect(existsSync(join(here, rawName(running)))).toBe(true);
  left.hear(message({ Event: 'Hangup', Uniqueid: '1.1' }));
  await vi.waitUntil(() => told.length === 2);
  expect(told[1]).toBe(`${running.recordingId} 2000`);
  expect(readdirSync(here)).toEqual(['of-somebody-else.raw']);
  expect(readdirSync(recordingsFolder).filter(name => name.endsWith('.wav'))).toEqual(
    [ended, running].map(({ recordingId }) => `${recordingId}.wav`),
  );
});

test('who hung up while nobody heard Asterisk is noticed after the gap', async () => {
  writeFileSync(join(here, rawName(running)), second);
  const { left, told } = aStart();
  await left.pickUp([channel]);
  left.onlyThese([channel]);
  expect(existsSync(join(here, rawName(running)))).toBe(true);
  left.onlyThese([]);
  await vi.waitUntil(() => told.length === 1);
  expect(told).toEqual([`${running.recordingId} 1000`]);
});

test('a folder that cannot be read is said, and ends nothing', async () => {
  const missing = join(here, 'nowhere');
  const log = new QuietLogger();
  const parts = { ami: {} as AmiConnection, clock: systemClock, tell: () => undefined, recordingsFolder };
  await new LeftRecordings({ ...parts, log, here: missing }).pickUp([channel]);
  expect(log.lines.join()).toContain('cannot be read');
});

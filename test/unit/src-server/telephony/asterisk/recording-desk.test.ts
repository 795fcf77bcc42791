import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AmiConnection } from '../../../../../src-server/telephony/asterisk/ami/ami-connection';
import type { TrackedCall } from '../../../../../src-server/telephony/asterisk/calls/tracked-call';
import { RecordingDesk } from '../../../../../src-server/telephony/asterisk/recording/recording-desk';
import { FakeClock } from '../../../../fakes/fake-clock';
import { until } from '../../../../telephony/sip-socket';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'recording-desk-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('while a recording is paused nothing of who takes the customer’s place is written; then it goes on in step', async () => {
  const clock = new FakeClock();
  const asked: string[] = [];
  const action = async ({ Action, Channel, State }: Record<string, string | number>): Promise<void> =>
    void asked.push([Action, Channel, State].filter(each => each !== undefined).join(' '));
  const ignored = (): void => undefined;
  const desk = new RecordingDesk({
    ami: { action } as unknown as AmiConnection,
    tell: ignored,
    clock,
    log: { debug: ignored, info: ignored, warn: ignored, error: ignored },
    inAsterisk: '/monitor',
    here: folder,
    recordingsFolder: folder,
  });
  const call = { info: { id: 'c1' }, customer: { channel: 'one' } } as unknown as TrackedCall;
  desk.start(call);
  await desk.setPaused('c1', true);
  desk.follow(call, 'two');
  desk.otherEnd(call);
  await desk.setPaused('c1', true);
  expect(asked).toEqual(['MixMonitor one', 'MixMonitorMute one 1']);
  clock.pass(2000);
  const resumed = desk.setPaused('c1', false);
  let isResumed = false;
  void resumed.then(() => (isResumed = true));
  await until('resumed', () => {
    clock.pass(5);
    return isResumed;
  });
  expect(asked.slice(2)).toEqual(['MixMonitor two']);
  const [raw = ''] = readdirSync(folder);
  expect(readFileSync(join(folder, raw)).length / 32).toBeGreaterThanOrEqual(2000);
  await desk.setPaused('c1', true);
  expect(asked.at(-1)).toBe('MixMonitorMute two 1');
});

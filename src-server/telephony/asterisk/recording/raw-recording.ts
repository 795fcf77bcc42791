import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Clock } from '../../../../src-shared/base/clock';
import { wavOfRaw } from './stereo-wav';

/** Asterisk finishes writing after the channel is gone: the file is whole when it has not grown for so long. */
const stillForMs = 150;
const stillWithinMs = 5000;

/** Both are ours alone: nothing that a caller sends is part of a file's name. */
interface RawNames {
  readonly callId: string;
  readonly recordingId: string;
}

export const rawName = ({ callId, recordingId }: RawNames): string => `${callId}_${recordingId}.raw`;

/** Which recording a file is that Asterisk has written; null for a file of somebody else. */
export function readRawName(name: string): RawNames | null {
  const [, callId = '', recordingId = ''] = /^([\da-f-]{36})_([\da-f-]{36})\.raw$/.exec(name) ?? [];
  return recordingId === '' ? null : { callId, recordingId };
}

/** Makes the WAV of what Asterisk has written, and takes the raw samples away. @returns its length in ms */
export async function finishRaw(raw: string, wav: string, clock: Clock): Promise<number> {
  await untilStill(raw, clock);
  const durationMs = await wavOfRaw(raw, wav);
  await rm(raw);
  return durationMs;
}

async function untilStill(path: string, clock: Clock): Promise<void> {
  const deadline = clock.monotonic() + stillWithinMs;
  for (let before = -1; clock.monotonic() < deadline;) {
    const size = existsSync(path) ? (await stat(path)).size : -1;
    if (size >= 0 && size === before) return;
    before = size;
    await new Promise<void>(passed => clock.after(stillForMs, passed));
  }
}

import { createWriteStream, existsSync, linkSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src-server/database/open-database';
import { insertCall } from '../../src-server/database/call-journal-table';
import { putRecordingEntry } from '../../src-server/database/recording-index-table';
import { finishRecording, insertRecording } from '../../src-server/database/recording-table';
import { SeededRandom } from '../../src-server/demo/seeded-random';
import { stereoHeader } from '../../src-server/telephony/asterisk/recording/stereo-wav';
import { keptFolder } from '../kept-file';

const bytesPerSecond = 8000 * 4;

/** A stereo recording in which two people speak in turns, as noise of a voice's loudness. Made once and kept: 115 MB an hour. */
export async function longRecording(seconds: number): Promise<string> {
  const file = join(keptFolder(), `recording-${seconds}-v1.wav`);
  if (existsSync(file)) return file;
  const random = new SeededRandom(seconds);
  const voices = [aMinute(random), aMinute(random), aMinute(random)];
  const stream = createWriteStream(`${file}.part`);
  stream.write(stereoHeader(seconds * bytesPerSecond));
  for (let left = seconds * bytesPerSecond; left > 0;) {
    const minute = random.pick(voices).subarray(0, left);
    left -= minute.length;
    if (!stream.write(minute)) await new Promise<void>(done => stream.once('drain', () => done()));
  }
  await new Promise<void>(done => stream.end(() => done()));
  renameSync(`${file}.part`, file);
  return file;
}

function aMinute(random: SeededRandom): Buffer {
  const samples = Buffer.alloc(60 * bytesPerSecond);
  let [loud, left, channel] = [0, 0, 0];
  for (let at = 0; at < samples.length; at += 4) {
    if (left === 0)
      [loud, left, channel] = [random.between(200, 9000), random.between(2000, 30_000), random.between(0, 1)];
    left -= 1;
    samples.writeInt16LE(Math.round((random.next() * 2 - 1) * loud), at + channel * 2);
  }
  return samples;
}

export interface PutRecording {
  readonly id: string;
  readonly file: string;
  readonly seconds: number;
}

/** Lists recordings at a running centre, the first as the newest, as if its agent 1001 had talked in their calls a moment ago. */
export async function putRecordings(data: string, recordings: readonly PutRecording[]): Promise<void> {
  const folder = join(data, 'recordings');
  mkdirSync(folder, { recursive: true });
  const db = openDatabase({ file: join(data, 'server.db') });
  const now = Date.now();
  for (const [place, { id, file, seconds }] of recordings.entries()) {
    linkSync(file, join(folder, `${id}.wav`));
    const startedAt = now - (place + 1) * 1000;
    const durationMs = seconds * 1000;
    await db.transaction().execute(async change => {
      await insertCall(change, {
        id: `call-${id}`,
        direction: 'inbound',
        from_number: '+33145550101',
        from_name: null,
        to_number: '8001',
        to_name: null,
        started_at: startedAt,
      });
      await insertRecording(change, { id, callId: `call-${id}`, file: `${id}.wav`, startedAt });
      await finishRecording(change, id, durationMs, startedAt + durationMs);
      await putRecordingEntry(change, {
        recording_id: id,
        call_id: `call-${id}`,
        queue_id: 'support',
        account_id: null,
        type: 'inbound',
        is_internal: 0,
        remote_number: '+33145550101',
        remote_name: `Recording ${place}`,
        started_at: startedAt,
        duration_ms: durationMs,
        listeners: ['person-1001'],
      });
    });
  }
  await db.destroy();
}

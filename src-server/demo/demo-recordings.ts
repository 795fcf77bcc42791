import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FinishedCalls } from '../database/call-history-table';
import type { Person } from '../database/person-table';
import type { LegRow, RecordingRow } from '../database/tables';
import type { SeededRandom } from './seeded-random';
import { PeaksWriter } from '../recordings/peaks-writer';
import { speechFilesIn } from './add-demo';

const rate = 8000;
export const demoRecordingCount = 36;

export interface DemoRecordingParts {
  readonly random: SeededRandom;
  readonly people: readonly Person[];
  readonly made: FinishedCalls;
  readonly recordingsFolder: string;
  readonly assetsFolder: string;
}

/**
 * Recordings for the newest calls that were talked in: stereo, left what the customer said, right what the agent said. The files are
 * excerpts of some seconds, so that a demonstration stays small; the length on record is that of the file.
 */
export async function writeDemoRecordings(parts: DemoRecordingParts): Promise<RecordingRow[]> {
  const { random, made, people, recordingsFolder } = parts;
  const recorded = new Set(people.filter(person => person.isRecorded).map(person => person.extension));
  const legOf = new Map<string, LegRow>();
  for (const leg of made.legs)
    if (leg.answered_at !== null && leg.extension !== null && recorded.has(leg.extension)) legOf.set(leg.call_id, leg);
  const calls = made.calls
    .filter(call => call.direction !== 'internal' && call.answered_at !== null && legOf.has(call.id))
    .slice(-demoRecordingCount);
  const voices = await voicesFrom(parts.assetsFolder, random);
  return Promise.all(
    calls.map(async (call): Promise<RecordingRow> => {
      const id = random.id();
      const startedAt = call.answered_at ?? call.started_at;
      const longestMs = (call.ended_at ?? startedAt) - startedAt;
      const audio = conversation(random, voices, Math.min(longestMs, random.between(5_000, 9_000)));
      const durationMs = Math.round((audio.length / 4 / rate) * 1000);
      const path = join(recordingsFolder, `${id}.wav`);
      const peaks = new PeaksWriter(path, 2, rate);
      peaks.add(audio);
      peaks.close();
      await writeFile(path, Buffer.concat([wavHeader(audio.length), audio]), {
        mode: 0o600,
      });
      return {
        id,
        call_id: call.id,
        file: `${id}.wav`,
        started_at: startedAt,
        finished_at: startedAt + durationMs,
        duration_ms: durationMs,
      };
    }),
  );
}

/** Two people take turns; 16-bit stereo samples. */
function conversation(random: SeededRandom, voices: readonly Int16Array[], lengthMs: number): Buffer {
  const frames = Math.floor((lengthMs / 1000) * rate);
  const audio = Buffer.alloc(frames * 4);
  let channel = 0;
  for (let at = Math.floor(rate * 0.3); at < frames; channel = 1 - channel) {
    const voice = random.pick(voices);
    const length = Math.min(voice.length, frames - at, rate * 3);
    for (let index = 0; index < length; index += 1)
      audio.writeInt16LE(voice[index] ?? 0, (at + index) * 4 + channel * 2);
    at += length + random.between(rate * 0.2, rate * 0.6);
  }
  return audio;
}

/** The speech that is shipped, or else hums of two pitches. */
async function voicesFrom(assetsFolder: string, random: SeededRandom): Promise<Int16Array[]> {
  const files = existsSync(assetsFolder) ? speechFilesIn(assetsFolder) : [];
  const spoken = await Promise.all(
    files.map(async file => samplesOf(await readFile(join(assetsFolder, 'speech', file)))),
  );
  const usable = spoken.filter(samples => samples.length > 0);
  return usable.length > 0 ? usable : [130, 165, 196, 220].map(hz => hum(hz, random.between(10_000, 20_000)));
}

/** Samples of a mono 16-bit 8 kHz WAV; none when it is of another kind. */
function samplesOf(wav: Buffer): Int16Array {
  if (
    wav.length < 44 ||
    wav.readUInt16LE(20) !== 1 ||
    wav.readUInt16LE(22) !== 1 ||
    wav.readUInt32LE(24) !== rate ||
    wav.readUInt16LE(34) !== 16
  )
    return new Int16Array(0);
  const start = wav.indexOf('data', 12, 'latin1') + 8;
  return Int16Array.from({ length: Math.floor((wav.length - start) / 2) }, (_, index) =>
    wav.readInt16LE(start + index * 2),
  );
}

function hum(hz: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, index) => {
    const seconds = index / rate;
    const syllable = 0.5 - 0.5 * Math.cos(2 * Math.PI * 3 * seconds);
    return 5000 * syllable * (Math.sin(2 * Math.PI * hz * seconds) + 0.4 * Math.sin(4 * Math.PI * hz * seconds));
  });
}

/** RIFF header of 16-bit stereo PCM at 8 kHz. */
function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

import { readFileSync } from 'node:fs';
import { sampleRate } from './audio-frame';

interface WavSamples {
  readonly sampleRate: number;
  /** One array per channel. */
  readonly channels: readonly Int16Array[];
}

/** Reads a 16-bit PCM RIFF file. Throws when it is something else. */
function readWav(path: string): WavSamples {
  const bytes = readFileSync(path);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAV file');
  let format: { channels: number; sampleRate: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') {
      if (body.readUInt16LE(0) !== 1 || body.readUInt16LE(14) !== 16) throw new Error('not 16-bit PCM');
      format = { channels: body.readUInt16LE(2), sampleRate: body.readUInt32LE(4) };
    }
    if (id === 'data' && format !== null)
      return { sampleRate: format.sampleRate, channels: split(body, format.channels) };
    at += 8 + size + (size % 2);
  }
  throw new Error('WAV file without data');
}

/** Samples of a mono 8 kHz prompt. */
export function readPrompt(path: string): Int16Array {
  const { sampleRate: rate, channels } = readWav(path);
  const [samples] = channels;
  if (samples === undefined || channels.length !== 1 || rate !== sampleRate)
    throw new Error('a prompt is mono at 8 kHz');
  return samples;
}

function split(data: Buffer, count: number): Int16Array[] {
  const length = Math.floor(data.length / (2 * count));
  return Array.from({ length: count }, (_, channel) => {
    const samples = new Int16Array(length);
    for (let i = 0; i < length; i++) samples[i] = data.readInt16LE((i * count + channel) * 2);
    return samples;
  });
}

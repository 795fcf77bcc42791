import { createReadStream, createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PeaksWriter } from '../../../recordings/peaks-writer';

const sampleRate = 8000;
const channels = 2;
const bytesPerSample = 2;
const byteRate = sampleRate * channels * bytesPerSample;
const headerBytes = 44;

/** RIFF header for 16-bit linear samples. */
export function stereoHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(byteRate, 28);
  header.writeUInt16LE(channels * bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Lets the samples through, and writes their shape beside the WAV. */
const measured = (wav: string) =>
  async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const peaks = new PeaksWriter(wav, channels, sampleRate);
    try {
      for await (const piece of pieces) {
        peaks.add(piece);
        yield piece;
      }
    } finally {
      peaks.close();
    }
  };

/** Puts a header before raw two-channel samples; the WAV appears under its name only when it is whole. @returns its length in ms */
export async function wavOfRaw(raw: string, wav: string): Promise<number> {
  const { size } = await stat(raw);
  const whole = size - (size % (channels * bytesPerSample));
  const unfinished = `${wav}.part`;
  const out = createWriteStream(unfinished, { mode: 0o600 });
  out.write(stereoHeader(whole));
  if (whole === 0) await new Promise<void>(done => out.end(done));
  else await pipeline(createReadStream(raw, { end: whole - 1 }), measured(wav), out);
  await rename(unfinished, wav);
  return (whole * 1000) / byteRate;
}

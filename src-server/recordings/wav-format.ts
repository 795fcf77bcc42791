import { open } from 'node:fs/promises';

export interface WavFormat {
  readonly channels: 1 | 2;
  readonly sampleRate: number;
  /** Where the samples begin. */
  readonly dataAt: number;
}

const pcm = 1;
const bitsPerSample = 16;

/**
 * What the head of a file says of its samples; null when it is no 16-bit PCM WAV with one or two channels. The sizes in it are not believed:
 * a file that was cut off, or is larger than its header can say, is played as far as it goes.
 */
export function readWavFormat(head: Buffer): WavFormat | null {
  const nameAt = (at: number): string => head.toString('latin1', at, at + 4);
  if (head.length < 44 || nameAt(0) !== 'RIFF' || nameAt(8) !== 'WAVE') return null;
  let format: Omit<WavFormat, 'dataAt'> | null = null;
  for (let at = 12; at + 8 <= head.length;) {
    const size = head.readUInt32LE(at + 4);
    if (nameAt(at) === 'data') return format === null ? null : { ...format, dataAt: at + 8 };
    if (nameAt(at) === 'fmt ' && size >= 16 && at + 24 <= head.length) {
      const channels = head.readUInt16LE(at + 10);
      const sampleRate = head.readUInt32LE(at + 12);
      const isPlayable =
        head.readUInt16LE(at + 8) === pcm && head.readUInt16LE(at + 22) === bitsPerSample && sampleRate >= 4000;
      if (!isPlayable || (channels !== 1 && channels !== 2)) return null;
      format = { channels, sampleRate };
    }
    at += 8 + size + (size % 2);
  }
  return null;
}

/** The same of a file. @throws what the file system says */
export async function wavFormatOf(path: string): Promise<WavFormat | null> {
  const handle = await open(path);
  try {
    const head = Buffer.alloc(4096);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return readWavFormat(head.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

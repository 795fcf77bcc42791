/** A PCM WAV file taken apart: one array of samples per channel. */
export interface Wav {
  readonly sampleRate: number;
  readonly channels: readonly Int16Array[];
}

/** Reads RIFF WAVE, 16-bit PCM. Throws on anything else: a recording that needs a guess is a bad recording. */
export function readWav(bytes: Buffer): Wav {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAV file');
  if (bytes.readUInt32LE(4) !== bytes.length - 8)
    throw new Error(`RIFF length ${bytes.readUInt32LE(4)} in a file of ${bytes.length}`);
  let offset = 12;
  let format: { channels: number; sampleRate: number } | null = null;
  while (offset + 8 <= bytes.length) {
    const id = bytes.toString('latin1', offset, offset + 4);
    const size = bytes.readUInt32LE(offset + 4);
    const body = offset + 8;
    if (id === 'fmt ') {
      if (bytes.readUInt16LE(body) !== 1 || bytes.readUInt16LE(body + 14) !== 16) throw new Error('not 16-bit PCM');
      format = { channels: bytes.readUInt16LE(body + 2), sampleRate: bytes.readUInt32LE(body + 4) };
    }
    if (id === 'data' && format)
      return { sampleRate: format.sampleRate, channels: split(bytes.subarray(body, body + size), format.channels) };
    offset = body + size + (size % 2);
  }
  throw new Error('a WAV file without sound');
}

function split(data: Buffer, count: number): Int16Array[] {
  const frames = Math.floor(data.length / 2 / count);
  return Array.from({ length: count }, (_, channel) =>
    Int16Array.from({ length: frames }, (__, frame) => data.readInt16LE((frame * count + channel) * 2)),
  );
}

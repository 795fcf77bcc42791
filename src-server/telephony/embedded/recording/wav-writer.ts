import { closeSync, openSync, writeSync } from 'node:fs';
import { PeaksWriter } from '../../../recordings/peaks-writer';
import { frameMs, sampleRate } from '../media/audio-frame';

const channels = 2;
const bytesPerSample = 2;
const wavHeaderBytes = 44;
/** Frames collected before they are written: one second. */
const framesPerWrite = 1000 / frameMs;

/** RIFF header of a 16-bit PCM file with so many bytes of samples. */
function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(wavHeaderBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(wavHeaderBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // linear PCM
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels * bytesPerSample, 28);
  header.writeUInt16LE(channels * bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Stereo 8 kHz WAV file, its shape beside it, whose header is right after every second, so that a killed process leaves a readable file. */
export class WavWriter {
  private readonly file: number;
  private readonly peaks: PeaksWriter;
  private pending: Buffer[] = [];
  private dataBytes = 0;
  private isClosed = false;

  constructor(path: string) {
    this.file = openSync(path, 'wx');
    writeSync(this.file, wavHeader(0), 0, wavHeaderBytes, 0);
    this.peaks = new PeaksWriter(path, channels, sampleRate);
  }

  /** Length of what was given so far. */
  get durationMs(): number {
    const pendingBytes = this.pending.reduce((total, { length }) => total + length, 0);
    return ((this.dataBytes + pendingBytes) * 1000) / (sampleRate * channels * bytesPerSample);
  }

  write(left: Int16Array, right: Int16Array): void {
    if (this.isClosed) return;
    const frame = Buffer.allocUnsafe(left.length * channels * bytesPerSample);
    for (let i = 0; i < left.length; i++) {
      frame.writeInt16LE(left[i] ?? 0, i * 4);
      frame.writeInt16LE(right[i] ?? 0, i * 4 + 2);
    }
    this.pending.push(frame);
    if (this.pending.length >= framesPerWrite) this.flush();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    try {
      this.flush();
      this.peaks.close();
    } finally {
      closeSync(this.file);
    }
  }

  private flush(): void {
    const data = Buffer.concat(this.pending);
    this.pending = [];
    writeSync(this.file, data, 0, data.length, wavHeaderBytes + this.dataBytes);
    this.dataBytes += data.length;
    writeSync(this.file, wavHeader(this.dataBytes), 0, wavHeaderBytes, 0);
    this.peaks.add(data);
  }
}

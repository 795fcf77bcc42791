import { type Peaks, peaksHeader, peakZooms } from '../../src-shared/recordings/peaks';

const columnMs = peakZooms.fine;
const bytesPerSample = 2;

/** Lowest and highest sample of each tenth of a second, from samples as they come; keeps nothing of them. */
export class PeakMeter {
  private readonly samplesPerColumn: number;
  private readonly done: number[] = [];
  private lows: number[];
  private highs: number[];
  private seen = 0;
  /** Half a frame that the last piece ended with. */
  private rest = Buffer.alloc(0);

  constructor(
    private readonly channels: number,
    sampleRate: number,
  ) {
    this.samplesPerColumn = Math.round((sampleRate * columnMs) / 1000);
    this.lows = this.none();
    this.highs = this.none();
  }

  /** Interleaved 16-bit samples, in pieces of any size. */
  add(piece: Buffer): void {
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    const frame = this.channels * bytesPerSample;
    const whole = bytes.length - (bytes.length % frame);
    for (let at = 0; at < whole; at += frame) {
      for (let channel = 0; channel < this.channels; channel += 1) {
        const sample = bytes.readInt16LE(at + channel * bytesPerSample);
        if (sample < (this.lows[channel] ?? 0)) this.lows[channel] = sample;
        if (sample > (this.highs[channel] ?? 0)) this.highs[channel] = sample;
      }
      this.seen += 1;
      if (this.seen === this.samplesPerColumn) this.close();
    }
    this.rest = Buffer.from(bytes.subarray(whole));
  }

  /** What came since the last time, in whole columns; at the end also the one that was begun. */
  take({ isEnd = false } = {}): Buffer {
    if (isEnd && this.seen > 0) this.close();
    return Buffer.from(Int8Array.from(this.done.splice(0)).buffer);
  }

  private close(): void {
    for (let channel = 0; channel < this.channels; channel += 1)
      this.done.push((this.lows[channel] ?? 0) >> 8, (this.highs[channel] ?? 0) >> 8);
    [this.lows, this.highs, this.seen] = [this.none(), this.none(), 0];
  }

  private none(): number[] {
    return Array.from({ length: this.channels }, () => 0);
  }
}

/** A file of peaks as it stands beside the sound. */
export const peaksFileOf = (soundFile: string): string => soundFile.replace(/(\.wav)?$/i, '.peaks');

export const headerFor = (channels: number, bytes: number): Uint8Array =>
  peaksHeader({ channels, columnMs, columns: bytes / (channels * 2) });

export const lengthOfPeaks = (peaks: Peaks): number => peaks.columns * peaks.columnMs;

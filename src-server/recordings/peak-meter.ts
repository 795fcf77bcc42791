import { coarserPeaks, type PeaksHeader, peaksHeader, peakZooms } from '../../src-shared/recordings/peaks';

const columnMs = peakZooms.fine;
const bytesPerSample = 2;
export const finePerCoarse = peakZooms.coarse / peakZooms.fine;

/** Lowest and highest sample of each tenth of a second, from samples as they come; keeps of them those of each second. */
export class PeakMeter {
  private readonly samplesPerColumn: number;
  private readonly done: number[] = [];
  private readonly coarse: number[] = [];
  /** Columns of the second that was begun. */
  private readonly second: number[] = [];
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
    return bytesOf(this.done.splice(0));
  }

  /** What stands behind the fine columns of a whole file: the coarse ones, with a header of their own. */
  coarseEnd(): Buffer {
    this.closeSecond();
    return Buffer.concat([headerFor(this.channels, this.coarse.length, peakZooms.coarse), bytesOf(this.coarse)]);
  }

  private close(): void {
    for (let channel = 0; channel < this.channels; channel += 1) {
      const column = [(this.lows[channel] ?? 0) >> 8, (this.highs[channel] ?? 0) >> 8];
      this.done.push(...column);
      this.second.push(...column);
    }
    if (this.second.length === finePerCoarse * this.channels * 2) this.closeSecond();
    [this.lows, this.highs, this.seen] = [this.none(), this.none(), 0];
  }

  private closeSecond(): void {
    const bytes = Int8Array.from(this.second.splice(0));
    const columns = bytes.length / (this.channels * 2);
    this.coarse.push(...coarserPeaks({ channels: this.channels, columnMs, columns, bytes }, finePerCoarse).bytes);
  }

  private none(): number[] {
    return Array.from({ length: this.channels }, () => 0);
  }
}

/** A file of peaks as it stands beside the sound. */
export const peaksFileOf = (soundFile: string): string => soundFile.replace(/(\.wav)?$/i, '.peaks');

export const headerFor = (channels: number, bytes: number, widthMs: number = columnMs): Uint8Array =>
  peaksHeader({ channels, columnMs: widthMs, columns: bytes / (channels * 2) });

const bytesOf = (columns: readonly number[]): Buffer => Buffer.from(Int8Array.from(columns).buffer);

export const lengthOfPeaks = (peaks: PeaksHeader): number => peaks.columns * peaks.columnMs;

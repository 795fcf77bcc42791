import { closeSync, openSync, writeSync } from 'node:fs';
import { peaksHeaderBytes } from '../../src-shared/recordings/peaks';
import { headerFor, PeakMeter, peaksFileOf } from './peak-meter';

/**
 * Writes the shape of a recording beside it while it is recorded; right after every piece, like the recording itself. Never fails: what is not
 * written, on a full disk for example, is made of the sound when somebody asks (`peaks-desk.ts`), and the recording goes on.
 */
export class PeaksWriter {
  private readonly meter: PeakMeter;
  private file: number | null = null;
  private written = 0;

  constructor(
    soundPath: string,
    private readonly channels: number,
    sampleRate: number,
  ) {
    this.meter = new PeakMeter(channels, sampleRate);
    this.attempt(() => (this.file = openSync(peaksFileOf(soundPath), 'w', 0o600)));
  }

  add(samples: Buffer): void {
    this.meter.add(samples);
    this.write(this.meter.take());
  }

  close(): void {
    this.write(this.meter.take({ isEnd: true }));
    const { file } = this;
    this.file = null;
    if (file === null) return;
    const coarse = this.meter.coarseEnd();
    this.attempt(() => writeSync(file, coarse, 0, coarse.length, peaksHeaderBytes + this.written));
    this.attempt(() => closeSync(file));
  }

  private write(columns: Buffer): void {
    const { file } = this;
    if (file === null) return;
    this.attempt(() => {
      writeSync(file, columns, 0, columns.length, peaksHeaderBytes + this.written);
      this.written += columns.length;
      writeSync(file, headerFor(this.channels, this.written), 0, peaksHeaderBytes, 0);
    });
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch {
      this.file = null;
    }
  }
}

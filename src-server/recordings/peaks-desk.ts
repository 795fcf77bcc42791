import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { AppError } from '../../src-shared/errors/app-error';
import { coarserPeaks, type Peaks, peaksHeader, type PeakZoom, readPeaks } from '../../src-shared/recordings/peaks';
import { keptPeaks } from './kept-peaks';
import { finePerCoarse, headerFor, PeakMeter, peaksFileOf } from './peak-meter';
import { wavFormatOf } from './wav-format';

/** The shapes of recordings; one that is missing, torn or too short is made of the sound, a piece at a time. */
export class PeaksDesk {
  private readonly making = new Map<string, Promise<Peaks>>();

  /** The bytes of `recordings/peaks.ts`. @throws AppError `recording/damaged` */
  async peaksOf(soundPath: string, sizeBytes: number, zoom: PeakZoom): Promise<Buffer> {
    const peaks = (await keptPeaks(soundPath, sizeBytes, zoom)) ?? (await this.remade(soundPath, sizeBytes, zoom));
    return Buffer.concat([
      peaksHeader(peaks),
      Buffer.from(peaks.bytes.buffer, peaks.bytes.byteOffset, peaks.bytes.length),
    ]);
  }

  private async remade(soundPath: string, sizeBytes: number, zoom: PeakZoom): Promise<Peaks> {
    if (zoom === 'fine') return this.made(soundPath);
    return coarserPeaks((await keptPeaks(soundPath, sizeBytes, 'fine')) ?? (await this.made(soundPath)), finePerCoarse);
  }

  private made(soundPath: string): Promise<Peaks> {
    const known = this.making.get(soundPath);
    if (known !== undefined) return known;
    const making = make(soundPath).finally(() => this.making.delete(soundPath));
    this.making.set(soundPath, making);
    return making;
  }
}

async function make(soundPath: string): Promise<Peaks> {
  const format = await wavFormatOf(soundPath);
  if (format === null) throw new AppError('recording/damaged', 'no WAV that can be played');
  const meter = new PeakMeter(format.channels, format.sampleRate);
  const columns: Buffer[] = [];
  for await (const piece of createReadStream(soundPath, { start: format.dataAt, highWaterMark: 256 * 1024 })) {
    meter.add(piece as Buffer);
    columns.push(meter.take());
  }
  columns.push(meter.take({ isEnd: true }));
  const data = Buffer.concat(columns);
  const file = Buffer.concat([headerFor(format.channels, data.length), data, meter.coarseEnd()]);
  // A folder that cannot be written to costs the time of making them again, not the picture.
  const unfinished = `${peaksFileOf(soundPath)}.${randomUUID()}`;
  await writeFile(unfinished, file, { mode: 0o600 })
    .then(() => rename(unfinished, peaksFileOf(soundPath)))
    .catch(() => undefined);
  const peaks = readPeaks(file);
  if (peaks === null) throw new AppError('recording/damaged', 'no peaks');
  return peaks;
}

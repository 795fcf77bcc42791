import { type FileHandle, open } from 'node:fs/promises';
import {
  type Peaks,
  peaksFileBytes,
  type PeaksHeader,
  peaksHeaderBytes,
  type PeakZoom,
  peakZooms,
  readPeaks,
  readPeaksHeader,
} from '../../src-shared/recordings/peaks';
import { lengthOfPeaks, peaksFileOf } from './peak-meter';
import { wavFormatOf } from './wav-format';

/** Peaks that end further away from the end of their sound were not written to the end. */
const toleranceMs = 150;

/**
 * What stands in the file beside the sound: the fine columns, and behind them the coarse ones. Null when it is missing, torn or not of the whole
 * sound, and for coarse ones of a server that did not write them yet.
 */
export async function keptPeaks(soundPath: string, soundBytes: number, zoom: PeakZoom): Promise<Peaks | null> {
  const file = await open(peaksFileOf(soundPath)).catch(() => null);
  if (file === null) return null;
  try {
    const fine = readPeaksHeader(await piece(file, 0, peaksHeaderBytes));
    if (fine === null || fine.columnMs !== peakZooms.fine || !(await isOf(soundPath, soundBytes, fine))) return null;
    const coarseAt = peaksFileBytes(fine);
    const { size } = await file.stat();
    const peaks = readPeaks(zoom === 'fine' ? await piece(file, 0, coarseAt) : await piece(file, coarseAt, size));
    return peaks?.columnMs === peakZooms[zoom] ? peaks : null;
  } finally {
    await file.close();
  }
}

async function isOf(soundPath: string, soundBytes: number, fine: PeaksHeader): Promise<boolean> {
  const format = await wavFormatOf(soundPath);
  if (format === null || format.channels !== fine.channels) return false;
  const soundMs = ((soundBytes - format.dataAt) * 1000) / (format.sampleRate * format.channels * 2);
  return Math.abs(lengthOfPeaks(fine) - soundMs) <= toleranceMs;
}

/** Less where the file ends. */
async function piece(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
  return bytes.subarray(0, bytesRead);
}

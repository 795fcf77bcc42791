/**
 * The shape of a recording, for drawing. Bytes: `APK1`, then three numbers of 32 bits, least byte first: channels, milliseconds of one
 * column, columns; then for each column and channel the lowest and the highest sample as signed bytes (−128 to 127). A mono file has one channel.
 */
export interface Peaks {
  readonly channels: number;
  readonly columnMs: number;
  readonly columns: number;
  /** `[low, high]` of each channel of each column. */
  readonly bytes: Int8Array;
}

export type PeaksHeader = Omit<Peaks, 'bytes'>;

/** `fine`: a column each 100 ms; `coarse`: each second. */
export const peakZooms = { fine: 100, coarse: 1000 } as const;
export type PeakZoom = keyof typeof peakZooms;
export const peaksHeaderBytes = 16;
const magic = [0x41, 0x50, 0x4b, 0x31]; // APK1

export function peaksHeader({ channels, columnMs, columns }: PeaksHeader): Uint8Array {
  const header = new Uint8Array(peaksHeaderBytes);
  header.set(magic);
  const view = new DataView(header.buffer);
  for (const [index, value] of [channels, columnMs, columns].entries()) view.setUint32(4 + index * 4, value, true);
  return header;
}

/** Null when no peaks begin so. */
export function readPeaksHeader(file: Uint8Array): PeaksHeader | null {
  if (file.length < peaksHeaderBytes || magic.some((byte, index) => file[index] !== byte)) return null;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [channels, columnMs, columns] = [view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)];
  return channels < 1 || channels > 2 || columnMs < 1 ? null : { channels, columnMs, columns };
}

export const peaksFileBytes = ({ channels, columns }: PeaksHeader): number => peaksHeaderBytes + columns * channels * 2;

/** Null when these are no peaks, or not all of them; what stands behind them is not looked at. */
export function readPeaks(file: Uint8Array): Peaks | null {
  const header = readPeaksHeader(file);
  if (header === null || file.length < peaksFileBytes(header)) return null;
  const length = peaksFileBytes(header) - peaksHeaderBytes;
  return { ...header, bytes: new Int8Array(file.buffer, file.byteOffset + peaksHeaderBytes, length) };
}

/** The same shape with `factor` columns in one; the last may hold fewer. */
export function coarserPeaks({ channels, columnMs, columns, bytes }: Peaks, factor: number): Peaks {
  const wide = Math.ceil(columns / factor);
  const out = new Int8Array(wide * channels * 2);
  for (let column = 0; column < columns; column += 1)
    for (let channel = 0; channel < channels; channel += 1) {
      const from = (column * channels + channel) * 2;
      const to = (Math.floor(column / factor) * channels + channel) * 2;
      const isFirst = column % factor === 0;
      const [low, high] = [bytes[from] ?? 0, bytes[from + 1] ?? 0];
      out[to] = isFirst ? low : Math.min(out[to] ?? 0, low);
      out[to + 1] = isFirst ? high : Math.max(out[to + 1] ?? 0, high);
    }
  return { channels, columnMs: columnMs * factor, columns: wide, bytes: out };
}

import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat, statfs, truncate } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../src-shared/errors/app-error';
import { recordingAudioPath } from '../../src-shared/server-api/record-routes';
import { putInPlace } from '../base/put-in-place';
import type { Bytes, ByteClient } from '../server-link/byte-client';

/** One file that is wanted, as the server described it. */
export interface WantedFile {
  readonly transferId: string;
  readonly recordingId: string;
  readonly folder: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly etag: string;
}

/** Left free for everything else on the disk. */
const spareBytes = 64 * 1024 * 1024;

/** In bytes, as file systems count; `.part` and a number still fit. */
const longestName = 200;

/** A name that stays in its folder on every system, whatever came from elsewhere. */
export function safeFileName(name: string, recordingId: string): string {
  const isSafe =
    basename(name) === name &&
    /^[^./\\:*?"<>|\p{Cc}][^/\\:*?"<>|\p{Cc}]*\.wav$/u.test(name) &&
    !/[. ]\.wav$|^(?:con|prn|aux|nul|com\d|lpt\d)\./i.test(name) &&
    Buffer.byteLength(name) <= longestName;
  return isSafe ? name : `recording_${recordingId.replace(/\W/g, '-').slice(0, 64)}.wav`;
}

/** Two that download the same recording at a time do not write into one file. */
export const partOf = ({ folder, fileName, transferId }: WantedFile): string =>
  join(folder, `${fileName}.${transferId.slice(0, 8)}.part`);

/** @throws AppError `disk/full` */
export async function demandRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < bytes + spareBytes)
    throw new AppError('disk/full', `${free} bytes free, ${bytes} wanted`, { megabytes: Math.ceil(bytes / 1_000_000) });
}

/**
 * Writes one recording beside its final name and gives it that name when every byte is proved. What an earlier try wrote is kept and
 * gone on with, as long as the server still has the same file (RFC 9110 section 13.1.5).
 * @throws AppError `server/…`, `recording/…`, `disk/full`, `file/not-written`; the abort of `signal`
 */
export async function downloadFile(
  bytes: ByteClient,
  wanted: WantedFile,
  signal: AbortSignal,
  onBytes: (soFar: number) => void,
): Promise<string> {
  const part = partOf(wanted);
  for (const isLast of [false, true]) {
    const hash = await fetchInto(part, { bytes, wanted, signal, onBytes });
    signal.throwIfAborted();
    if (hash.digest('hex') === wanted.sha256) return placed(part, wanted);
    await rm(part, { force: true }); // once more from the beginning: the fault may have been on the way
    if (isLast) break;
  }
  throw new AppError('recording/damaged', 'checksum differs');
}

interface Fetching {
  readonly bytes: ByteClient;
  readonly wanted: WantedFile;
  readonly signal: AbortSignal;
  readonly onBytes: (soFar: number) => void;
}

/** @returns what was written, hashed on its way: of two gigabytes nobody waits for a second reading. */
async function fetchInto(part: string, { bytes, wanted, signal, onBytes }: Fetching): Promise<Hash> {
  let soFar = await lengthOf(part);
  if (soFar > wanted.sizeBytes) {
    await truncate(part, 0);
    soFar = 0;
  }
  onBytes(soFar);
  // Before anything is asked: an answer that nobody reads for so long would break.
  let hash = await hashOf(part, soFar, signal);
  if (soFar === wanted.sizeBytes && soFar > 0) return hash;
  const path = recordingAudioPath.replace(':recordingId', encodeURIComponent(wanted.recordingId));
  const answer = await bytes.get({
    path: `${path}?purpose=download`,
    range: soFar === 0 ? null : `bytes=${soFar}-`,
    ...(soFar === 0 ? {} : { ifRange: wanted.etag }),
    signal,
  });
  if (answer.status === 200) {
    soFar = 0;
    hash = createHash('sha256');
  }
  if (!isDescribed(answer, wanted) || answer.first !== soFar) {
    answer.body.destroy();
    throw new AppError('recording/damaged', 'another file than was described');
  }
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      soFar += chunk.length;
      hash.update(chunk);
      onBytes(soFar);
      done(null, chunk);
    },
  });
  const file = createWriteStream(part, { flags: answer.status === 200 ? 'w' : 'a', mode: 0o600 });
  // Where the file fails, an answer that has come whole and is not read to its end is waited for without end, unless it fails too.
  file.once('close', () => answer.body.destroy(new Error('nobody reads it any more')));
  try {
    await pipeline(answer.body, counted, file, { signal });
  } catch (error) {
    throw signal.aborted ? error : asAppError(error);
  }
  return hash;
}

const ofFiles = new Set(
  'EACCES EBUSY EEXIST EFBIG EINVAL EIO EISDIR EMFILE ENAMETOOLONG ENFILE ENODEV ENOENT ENOTDIR ENXIO EPERM EROFS ETXTBSY'.split(
    ' ',
  ),
);

/** A full disk and a folder that is not ours are told apart from a line that broke. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('disk/full', why, { megabytes: 0 });
  if (ofFiles.has(code)) return new AppError('file/not-written', why);
  return new AppError('server/unreachable', why);
}

/** No byte is taken of a file that was changed at the server. */
const isDescribed = ({ etag, size }: Bytes, wanted: WantedFile): boolean =>
  size === wanted.sizeBytes && (etag === null || etag === wanted.etag);

/** Of what an earlier try wrote. */
async function hashOf(part: string, length: number, signal: AbortSignal): Promise<Hash> {
  const hash = createHash('sha256');
  if (length === 0) return hash;
  for await (const chunk of createReadStream(part, { end: length - 1, signal })) hash.update(chunk as Buffer);
  return hash;
}

async function placed(part: string, { folder, fileName }: WantedFile): Promise<string> {
  try {
    return await putInPlace(part, folder, fileName);
  } catch (error) {
    throw asAppError(error);
  }
}

async function lengthOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

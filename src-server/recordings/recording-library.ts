import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../src-shared/errors/app-error';
import type { RecordScope } from '../calls/record-scope';
import { recordingFile, rememberSha256 } from '../database/recording-table';
import { type FoundRecording, recordingEntry } from '../database/recording-search';
import type { WritableDb } from '../database/tables';
import { wavFormatOf } from './wav-format';

/** A recording whose sound is there and can be played. */
export interface StoredSound {
  readonly entry: FoundRecording;
  readonly path: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly changedAt: Date;
}

/** The files of recordings, and who reads them at this moment. */
export class RecordingLibrary {
  private readonly readers = new Map<string, number>();

  constructor(
    private readonly db: WritableDb,
    private readonly folder: string,
  ) {}

  /**
   * The sound of a recording for somebody who may hear it. The name of the file comes from the database, never from whoever asks.
   * @throws AppError `not-found`, `recording/deleted`, `recording/missing`, `recording/damaged`, `recording/empty`,
   *   `recording/still-running`
   */
  async sound(recordingId: string, scope: RecordScope): Promise<StoredSound> {
    const entry = await recordingEntry(this.db, recordingId, scope);
    const known = entry === null ? null : await recordingFile(this.db, recordingId);
    if (entry === null || known === null) throw new AppError('not-found', 'no such recording');
    if (known.deletedAt !== null) throw new AppError('recording/deleted', 'deleted when its time was over');
    if (known.finishedAt === null) throw new AppError('recording/still-running', 'not finished');
    const path = join(this.folder, basename(known.file));
    const found = await statOf(path);
    if (found === null) throw new AppError('recording/missing', 'the recording has no file');
    const sizeBytes = found.size;
    const format = await wavFormatOf(path);
    if (format === null) throw new AppError('recording/damaged', 'no WAV that can be played');
    if (sizeBytes < format.dataAt + format.channels * 2) throw new AppError('recording/empty', 'not one sample');
    const etag = `"${known.id}-${sizeBytes}-${Math.trunc(found.mtimeMs)}"`;
    return { entry, path, sizeBytes, etag, changedAt: new Date(Math.trunc(found.mtimeMs / 1000) * 1000) };
  }

  /** SHA-256 of the file, computed once, a piece at a time. */
  async sha256({ entry, path }: StoredSound): Promise<string> {
    const known = await recordingFile(this.db, entry.recording_id);
    if (known?.sha256 !== null && known?.sha256 !== undefined) return known.sha256;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    const digest = hash.digest('hex');
    await rememberSha256(this.db, entry.recording_id, digest);
    return digest;
  }

  /** To be called for each reading of a file; the answer ends it. What is being read is not deleted. */
  reading(recordingId: string): () => void {
    this.readers.set(recordingId, (this.readers.get(recordingId) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.readers.get(recordingId) ?? 1) - 1;
      if (left > 0) this.readers.set(recordingId, left);
      else this.readers.delete(recordingId);
    };
  }

  isRead(recordingId: string): boolean {
    return this.readers.has(recordingId);
  }
}

async function statOf(path: string): Promise<{ size: number; mtimeMs: number } | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

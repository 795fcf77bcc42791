import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf, type Logger } from '../base/logger';
import { MemoryBlocks, SealedBlocks, type BlockStore } from './block-store';
import type { RecordingKey } from './recording-key';
import { blockSize, blocksIn, SealedFile } from './sealed-file';

/** What may be in memory of one recording where nothing may be on disk: an hour and a quarter of two channels. */
const memoryLimit = 144 * 1024 * 1024;
const whole = '.sealed';
const part = '.part';

export interface RecordingShelfNeeds {
  readonly folder: string;
  /** Asked once, when the first recording is: a key ring may put a question to the person. */
  readonly openKey: () => RecordingKey;
  readonly limitBytes: number;
  readonly log: Logger;
}

/**
 * The played recordings on this computer, sealed, the ones played last, within a size limit. File names are hashes of person and
 * recording: nothing that comes from elsewhere becomes part of a path.
 */
export class RecordingShelf {
  #key: Buffer | null | undefined;

  constructor(private readonly needs: RecordingShelfNeeds) {}

  /** Something may be kept: there is a key to seal it with. */
  get isOpen(): boolean {
    return this.#open() !== null;
  }

  /** The recording, when all of it is here. */
  async find(owner: string, id: string): Promise<BlockStore | null> {
    const key = this.#open();
    if (key === null) return null;
    const path = this.#path(owner, id, whole);
    try {
      const file = await SealedFile.open(path, key, id);
      // A file of another key is known now and not in the middle.
      await file.read(0).catch(async (error: unknown) => {
        await file.close();
        throw error;
      });
      await utimes(path, new Date(), new Date());
      return new SealedBlocks(file, true);
    } catch (error) {
      if (!isMissing(error)) this.needs.log.warn(`kept recording not readable, fetched anew: ${reasonOf(error)}`);
      await rm(path, { force: true });
      return null;
    }
  }

  /** Room for a recording that is being fetched. It has its final name only when nothing is missing. */
  async begin(owner: string, id: string, size: number): Promise<BlockStore> {
    const key = this.#open();
    if (key === null || size > this.needs.limitBytes) return new MemoryBlocks(size, memoryLimit);
    const path = this.#path(owner, id, part);
    try {
      const file = await SealedFile.create(path, key, id, size);
      return new SealedBlocks(file, false, async () => {
        await file.sync();
        await rename(path, this.#path(owner, id, whole));
        await this.#makeRoom();
      });
    } catch (error) {
      this.needs.log.warn(`no room for a recording on this computer: ${reasonOf(error)}`);
      return new MemoryBlocks(size, memoryLimit);
    }
  }

  /** The shape of a recording, kept like its sound. */
  async findPeaks(owner: string, id: string, zoom: string): Promise<Buffer | null> {
    const found = await this.find(owner, peaksId(id, zoom));
    if (found === null) return null;
    const pieces: Buffer[] = [];
    for (let block = 0; block < blocksIn(found.size); block += 1) pieces.push(await found.read(block));
    await found.close();
    return Buffer.concat(pieces);
  }

  async keepPeaks(owner: string, id: string, zoom: string, peaks: Buffer): Promise<void> {
    try {
      const room = await this.begin(owner, peaksId(id, zoom), peaks.length);
      for (let block = 0; block < blocksIn(peaks.length); block += 1)
        await room.write(block, peaks.subarray(block * blockSize, (block + 1) * blockSize));
      await room.close();
    } catch (error) {
      this.needs.log.warn(`shape of a recording not kept: ${reasonOf(error)}`);
    }
  }

  /** The server has it no more, or not for this person. */
  async forget(owner: string, id: string): Promise<void> {
    for (const each of [id, peaksId(id, 'coarse'), peaksId(id, 'fine')])
      for (const ending of [whole, part]) await rm(this.#path(owner, each, ending), { force: true });
  }

  /** The recordings played longest ago go first. */
  async #makeRoom(): Promise<void> {
    const { folder, limitBytes } = this.needs;
    const files = await Promise.all(
      (await readdir(folder))
        .filter(name => name.endsWith(whole))
        .map(async name => ({ path: join(folder, name), ...(await sizeAndTime(join(folder, name))) })),
    );
    let left = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files.toSorted((a, b) => a.at - b.at)) {
      if (left <= limitBytes) return;
      await rm(path, { force: true });
      left -= size;
    }
  }

  #open(): Buffer | null {
    if (this.#key !== undefined) return this.#key;
    const { folder, openKey, log } = this.needs;
    try {
      const { key, isOld } = openKey();
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(folder))
        if (!isOld || name.endsWith(part)) rmSync(join(folder, name), { force: true });
      this.#key = key;
    } catch (error) {
      log.warn(`recordings are not kept on this computer: ${reasonOf(error)}`);
      this.#key = null;
    }
    return this.#key;
  }

  #path(owner: string, id: string, ending: string): string {
    const name = createHash('sha256').update(`${owner}\0${id}`).digest('hex').slice(0, 40);
    return join(this.needs.folder, name + ending);
  }
}

const peaksId = (id: string, zoom: string): string => `${id} ${zoom}`;

async function sizeAndTime(path: string): Promise<{ size: number; at: number }> {
  const { size, mtimeMs } = await stat(path);
  return { size, at: mtimeMs };
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

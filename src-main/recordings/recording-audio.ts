import { AppError } from '../../src-shared/errors/app-error';
import type { AudioHere } from '../../src-shared/ipc/opened-recording';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import type { BlockStore } from './block-store';
import { MemoryBlocks } from './block-store';
import type { RecordingShelf } from './recording-shelf';
import { blockSize, blocksIn } from './sealed-file';

/** Asks the server for a part. @throws AppError */
export type FetchPart = (
  recordingId: string,
  first: number,
  last: number,
) => Promise<{ readonly size: number; readonly bytes: Buffer }>;

export interface RecordingAudioNeeds {
  readonly shelf: RecordingShelf;
  readonly fetchPart: FetchPart;
  readonly log: Logger;
}

interface Opened {
  readonly id: string;
  store: BlockStore;
  /** The server was asked for it when it was opened. */
  readonly isFetched: boolean;
  readonly coming: Map<number, Promise<Buffer>>;
  isFilling: boolean;
  isCut: boolean;
  problem: AudioHere['problem'];
}

/** Players open at a time; of the one before, parts may still be asked for. */
const mostOpen = 3;

/**
 * The sound of recordings, in any part and order. What is here comes from here, the rest from the server, block by block, and is kept.
 * When a player opens one, the rest follows by itself: a server that goes away then ends nothing.
 */
export class RecordingAudio {
  readonly changes = new Announcer<AudioHere>();
  readonly #opened = new Map<string, Promise<Opened>>();
  #owner: string | null = null;

  constructor(private readonly needs: RecordingAudioNeeds) {}

  get owner(): string | null {
    return this.#owner;
  }

  begin(owner: string): void {
    this.#owner = owner;
  }

  async end(): Promise<void> {
    this.#owner = null;
    await Promise.all([...this.#opened.keys()].map(id => this.#close(id)));
  }

  /** Whoever opens it now hears it without asking the server for a byte. @throws AppError as `sizeOf` */
  async isHere(id: string): Promise<boolean> {
    const isNew = !this.#opened.has(id);
    const opened = await this.#open(id);
    return opened.store.isWhole && !(isNew && opened.isFetched);
  }

  /** @throws AppError `not-found`, `server/…`, `sign-in/not-signed-in` */
  async sizeOf(id: string): Promise<number> {
    return (await this.#open(id)).store.size;
  }

  /** Bytes `first` to `last`, in pieces of at most a block. */
  async *read(id: string, first: number, last: number): AsyncGenerator<Buffer> {
    const opened = await this.#open(id);
    for (let block = Math.floor(first / blockSize); block * blockSize <= last; block += 1) {
      const bytes = await this.#block(opened, block);
      yield bytes.subarray(Math.max(0, first - block * blockSize), last - block * blockSize + 1);
    }
  }

  /** What is not here yet is fetched; also after the server came back. */
  async fill(id: string): Promise<void> {
    const opened = await this.#open(id);
    if (opened.isFilling) return;
    opened.isFilling = true;
    try {
      for (let block = 0; block < blocksIn(opened.store.size); block += 1) {
        if (!this.#opened.has(id) || opened.store instanceof MemoryBlocks) break; // closed; or it would push out what plays
        if (!opened.store.has(block)) await this.#block(opened, block);
      }
    } catch (error) {
      this.needs.log.warn(`recording not fetched to its end: ${reasonOf(error)}`);
    } finally {
      opened.isFilling = false;
      this.#announce(opened);
    }
  }

  /** Gone at the server: it is not kept here either. */
  async forget(id: string): Promise<void> {
    if (this.#owner === null) return;
    await this.#close(id);
    await this.needs.shelf.forget(this.#owner, id);
  }

  #open(id: string): Promise<Opened> {
    const owner = this.#owner;
    if (owner === null) return Promise.reject(new AppError('sign-in/not-signed-in'));
    const known = this.#opened.get(id);
    if (known !== undefined) return known;
    const opening = this.#openNew(owner, id);
    this.#opened.set(id, opening);
    opening.catch((error: unknown) => {
      this.#opened.delete(id);
      const problem = problemIn(error);
      if (problem !== null) this.changes.announce({ recordingId: id, share: 0, isCut: false, problem });
    });
    for (const oldest of this.#opened.keys()) {
      if (this.#opened.size <= mostOpen) break;
      void this.#close(oldest);
    }
    return opening;
  }

  async #openNew(owner: string, id: string): Promise<Opened> {
    const parts = { id, coming: new Map<number, Promise<Buffer>>(), isFilling: false, isCut: false, problem: null };
    const kept = await this.needs.shelf.find(owner, id);
    if (kept !== null) return { ...parts, isFetched: false, store: kept };
    const { size, bytes } = await this.needs.fetchPart(id, 0, blockSize - 1);
    const opened: Opened = { ...parts, isFetched: true, store: await this.needs.shelf.begin(owner, id, size) };
    await this.#keep(opened, 0, bytes);
    return opened;
  }

  async #close(id: string): Promise<void> {
    const opening = this.#opened.get(id);
    this.#opened.delete(id);
    const opened = await opening?.catch(() => null);
    if (opened === null || opened === undefined) return;
    await Promise.allSettled(opened.coming.values());
    await opened.store.close();
  }

  #block(opened: Opened, block: number): Promise<Buffer> {
    if (opened.store.has(block)) return opened.store.read(block);
    const coming = opened.coming.get(block);
    if (coming !== undefined) return coming;
    const fetching = this.#fetch(opened, block).finally(() => opened.coming.delete(block));
    opened.coming.set(block, fetching);
    return fetching;
  }

  async #fetch(opened: Opened, block: number): Promise<Buffer> {
    const first = block * blockSize;
    const last = Math.min(first + blockSize, opened.store.size) - 1;
    try {
      const { bytes } = await this.needs.fetchPart(opened.id, first, last);
      if (bytes.length !== last - first + 1) throw new AppError('server/unreachable', 'a part came short');
      opened.isCut = false;
      await this.#keep(opened, block, bytes);
      this.#announce(opened);
      return bytes;
    } catch (error) {
      opened.problem = problemIn(error);
      opened.isCut = opened.problem === null;
      this.#announce(opened);
      throw error;
    }
  }

  /** A full disk does not stop what plays: from then on the recording is kept in memory. */
  async #keep(opened: Opened, block: number, bytes: Buffer): Promise<void> {
    try {
      await opened.store.write(block, bytes);
    } catch (error) {
      this.needs.log.warn(`recording not kept: ${reasonOf(error)}`);
      const { size } = opened.store;
      await opened.store.close();
      opened.store = new MemoryBlocks(size, 64 * 1024 * 1024);
      await opened.store.write(block, bytes);
    }
  }

  #announce({ id, store, isCut, problem }: Opened): void {
    const blocks = blocksIn(store.size);
    const here = store.isWhole
      ? blocks
      : Array.from({ length: blocks }, (_, block) => store.has(block)).filter(Boolean).length;
    const share = blocks === 0 ? 1 : here / blocks;
    this.changes.announce({ recordingId: id, share, isCut: isCut && here < blocks, problem });
  }
}

/** A server that is away may come back; what it says of the recording itself stays true. */
const problemIn = (error: unknown): AudioHere['problem'] =>
  error instanceof AppError && (error.code === 'not-found' || error.code.startsWith('recording/')) ? error.code : null;

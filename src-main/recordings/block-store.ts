import { blockSize, blocksIn, type SealedFile } from './sealed-file';

/** Where the blocks of one recording are kept while it is played. */
export interface BlockStore {
  readonly size: number;
  has(block: number): boolean;
  read(block: number): Promise<Buffer>;
  write(block: number, bytes: Buffer): Promise<void>;
  /** Everything is here. */
  readonly isWhole: boolean;
  close(): Promise<void>;
}

/** On disk, sealed. `whenWhole` is called once, when the last block has been written. */
export class SealedBlocks implements BlockStore {
  readonly #known: Set<number>;

  constructor(
    private readonly file: SealedFile,
    isWhole: boolean,
    private readonly whenWhole: (file: SealedFile) => Promise<void> = async () => undefined,
  ) {
    this.#known = new Set(isWhole ? Array.from({ length: blocksIn(file.size) }, (_, block) => block) : []);
  }

  get size(): number {
    return this.file.size;
  }

  get isWhole(): boolean {
    return this.#known.size === blocksIn(this.size);
  }

  has(block: number): boolean {
    return this.#known.has(block);
  }

  read(block: number): Promise<Buffer> {
    return this.file.read(block);
  }

  async write(block: number, bytes: Buffer): Promise<void> {
    if (this.has(block)) return;
    await this.file.write(block, bytes);
    this.#known.add(block);
    if (this.isWhole) await this.whenWhole(this.file);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** In memory, where nothing may be written: the blocks used last, and no more of them than `limit` bytes. */
export class MemoryBlocks implements BlockStore {
  readonly #blocks = new Map<number, Buffer>();

  constructor(
    readonly size: number,
    private readonly limit: number,
  ) {}

  get isWhole(): boolean {
    return this.#blocks.size === blocksIn(this.size);
  }

  has(block: number): boolean {
    return this.#blocks.has(block);
  }

  async read(block: number): Promise<Buffer> {
    const bytes = this.#blocks.get(block);
    if (bytes === undefined) throw new Error(`block ${block} is not here`);
    this.#blocks.delete(block); // to the end of the line of those that go
    this.#blocks.set(block, bytes);
    return bytes;
  }

  async write(block: number, bytes: Buffer): Promise<void> {
    this.#blocks.set(block, bytes);
    const most = Math.max(2, Math.floor(this.limit / blockSize));
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= most) break;
      this.#blocks.delete(oldest);
    }
  }

  async close(): Promise<void> {
    this.#blocks.clear();
  }
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Bytes sealed together. A seek opens one block: small enough for that, large enough that the seals weigh nothing. */
export const blockSize = 256 * 1024;
const magic = Buffer.from('SOFTREC1', 'latin1');
const saltLength = 16;
const headerLength = magic.length + saltLength + 8;
const tagLength = 16;

export const blocksIn = (size: number): number => Math.ceil(size / blockSize);
const lengthOf = (block: number, size: number): number => Math.min(blockSize, size - block * blockSize);
const placeOf = (block: number): number => headerLength + block * (blockSize + tagLength);

/** The file is not what was written: cut, changed, another recording's, or sealed with another key. */
export class BrokenSealError extends Error {
  override readonly name = 'BrokenSealError';
}

/**
 * A recording on disk, sealed block by block with AES-256-GCM, so that any part can be read without the rest.
 *
 * ```
 * SOFTREC1 · salt (16) · size (8) · [ block 0 · tag (16) ] [ block 1 · tag (16) ] …
 * ```
 *
 * Each file has a key of its own (HKDF of the master key, the salt and the recording's id): a number is used once per key, and a file
 * under another recording's name does not open. The size is sealed with every block: a file that was cut does not open either.
 */
export class SealedFile {
  private constructor(
    private readonly file: FileHandle,
    private readonly key: Buffer,
    readonly size: number,
  ) {}

  /** A new file with room for `size` bytes; for its owner's eyes only. */
  static async create(path: string, masterKey: Buffer, id: string, size: number): Promise<SealedFile> {
    const salt = randomBytes(saltLength);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(size));
    const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, 0o600);
    try {
      await file.write(Buffer.concat([magic, salt, length]), 0, headerLength, 0);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new SealedFile(file, keyOf(masterKey, salt, id), size);
  }

  /** @throws BrokenSealError; an `ENOENT` when there is none */
  static async open(path: string, masterKey: Buffer, id: string): Promise<SealedFile> {
    const file = await open(path, 'r');
    try {
      const header = Buffer.alloc(headerLength);
      const { bytesRead } = await file.read(header, 0, headerLength, 0);
      if (bytesRead < headerLength || !header.subarray(0, magic.length).equals(magic))
        throw new BrokenSealError('no sealed recording');
      const size = Number(header.readBigUInt64LE(headerLength - 8));
      const { size: onDisk } = await file.stat();
      if (onDisk !== headerLength + size + blocksIn(size) * tagLength) throw new BrokenSealError('cut');
      return new SealedFile(file, keyOf(masterKey, header.subarray(magic.length, magic.length + saltLength), id), size);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async write(block: number, bytes: Buffer): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', this.key, numberOf(block));
    cipher.setAAD(this.#sealedSize());
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    await this.file.write(sealed, 0, sealed.length, placeOf(block));
  }

  /** @throws BrokenSealError */
  async read(block: number): Promise<Buffer> {
    const length = lengthOf(block, this.size);
    const sealed = Buffer.alloc(length + tagLength);
    const { bytesRead } = await this.file.read(sealed, 0, sealed.length, placeOf(block));
    if (bytesRead < sealed.length) throw new BrokenSealError('cut');
    const decipher = createDecipheriv('aes-256-gcm', this.key, numberOf(block));
    decipher.setAAD(this.#sealedSize());
    decipher.setAuthTag(sealed.subarray(length));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, length)), decipher.final()]);
    } catch {
      throw new BrokenSealError(`block ${block}`); // node says no more than "unable to authenticate data"
    }
  }

  /** What was written is on the disk, and not only in the system's memory. */
  sync(): Promise<void> {
    return this.file.sync();
  }

  close(): Promise<void> {
    return this.file.close();
  }

  #sealedSize(): Buffer {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(this.size));
    return size;
  }
}

const keyOf = (masterKey: Buffer, salt: Buffer, id: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, salt, `recording ${id}`, 32));

/** The block's number as the number used once: no two blocks of one file have the same. */
function numberOf(block: number): Buffer {
  const number = Buffer.alloc(12);
  number.writeUInt32LE(block);
  return number;
}

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { blockSize, blocksIn, BrokenSealError, SealedFile } from '../../../../src-main/recordings/sealed-file';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'sealed-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const key = randomBytes(32);
const path = (): string => join(folder, 'a');
const spoken = Buffer.alloc(blockSize * 2 + 1000, 'nothing of this may be read on the disk ');

async function sealed(id = 'r1'): Promise<void> {
  const file = await SealedFile.create(path(), key, id, spoken.length);
  for (let block = blocksIn(spoken.length) - 1; block >= 0; block -= 1)
    await file.write(block, spoken.subarray(block * blockSize, (block + 1) * blockSize));
  await file.close();
}

it('gives back any block of what was written, in any order', async () => {
  await sealed();
  const file = await SealedFile.open(path(), key, 'r1');
  expect(file.size).toBe(spoken.length);
  for (const block of [2, 0, 1])
    expect((await file.read(block)).equals(spoken.subarray(block * blockSize, (block + 1) * blockSize))).toBe(true);
  await file.close();
});

it('leaves nothing clear on the disk, and its owner alone may read the file', async () => {
  await sealed();
  expect(readFileSync(path()).includes('nothing of this')).toBe(false);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});

const breakings: [string, () => void, string][] = [
  ['a cut file', () => truncateSync(path(), statSync(path()).size - 1), 'r1'],
  ['a file cut at a block, with a size to match', () => shorten(), 'r1'],
  ['a changed byte', () => flip(100), 'r1'],
  ['an exchanged block', () => exchange(), 'r1'],
  ['the file of another recording', () => copyFileSync(path(), join(folder, 'b')), 'r2'],
  ['an empty file', () => writeFileSync(path(), ''), 'r1'],
  ['what is none of ours', () => writeFileSync(path(), spoken), 'r1'],
];
it.each(breakings)('%s does not open', async (_name, spoil, id) => {
  await sealed();
  spoil();
  await expect(readAll(key, id)).rejects.toBeInstanceOf(BrokenSealError);
});

it('another key does not open it', async () => {
  await sealed();
  await expect(readAll(randomBytes(32), 'r1')).rejects.toBeInstanceOf(BrokenSealError);
});

async function readAll(masterKey: Buffer, id: string): Promise<void> {
  const file = await SealedFile.open(path(), masterKey, id);
  try {
    for (let block = 0; block < blocksIn(file.size); block += 1) await file.read(block);
  } finally {
    await file.close();
  }
}

function flip(at: number): void {
  const bytes = readFileSync(path());
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path(), bytes);
}

function shorten(): void {
  const bytes = readFileSync(path()).subarray(0, 32 + 2 * (blockSize + 16));
  bytes.writeBigUInt64LE(BigInt(2 * blockSize), 24);
  writeFileSync(path(), bytes);
}

function exchange(): void {
  const bytes = readFileSync(path());
  const [one, other] = [32, 32 + blockSize + 16].map(at => Buffer.from(bytes.subarray(at, at + blockSize + 16)));
  other!.copy(bytes, 32);
  one!.copy(bytes, 32 + blockSize + 16);
  writeFileSync(path(), bytes);
}

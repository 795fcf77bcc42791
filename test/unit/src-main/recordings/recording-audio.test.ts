import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../../src-shared/errors/app-error';
import { recordingProtocol } from '../../../../src-main/os/recording-protocol';
import type { AudioHere } from '../../../../src-shared/ipc/opened-recording';
import { RecordingAudio } from '../../../../src-main/recordings/recording-audio';
import { recordingKey, type KeyRing } from '../../../../src-main/recordings/recording-key';
import { RecordingShelf } from '../../../../src-main/recordings/recording-shelf';
import { blockSize } from '../../../../src-main/recordings/sealed-file';
import { QuietLogger } from '../../../fakes/quiet-logger';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'audio-'))));
const made: RecordingAudio[] = [];
afterEach(async () => {
  for (const audio of made.splice(0)) await audio.end();
  rmSync(folder, { recursive: true, force: true });
});
const log = new QuietLogger();
const shelfFolder = (): string => join(folder, 'recordings');
const kept = (): string[] => (existsSync(shelfFolder()) ? readdirSync(shelfFolder()) : []);

/** A key ring that hides by turning every byte; another one turns them otherwise. */
const ringOf = (turn: number, isAvailable = true): KeyRing => ({
  isAvailable: () => isAvailable,
  wrap: secret => Buffer.from(Buffer.from(`${turn}:${secret}`).map(byte => byte ^ turn)),
  unwrap: wrapped => {
    const text = Buffer.from(wrapped.map(byte => byte ^ turn)).toString();
    if (!text.startsWith(`${turn}:`)) throw new Error('wrapped by another key ring');
    return text.slice(2);
  },
});

/** The centre's side: recordings by id, and whether it answers. */
class FakeCentre {
  isDown = false;
  refuses: ErrorCode | null = null;
  readonly asked: string[] = [];
  constructor(readonly recordings: Readonly<Record<string, Buffer>>) {}
  fetchPart = async (id: string, first: number, last: number): Promise<{ size: number; bytes: Buffer }> => {
    if (this.isDown) throw new AppError('server/unreachable');
    if (this.refuses !== null) throw new AppError(this.refuses);
    this.asked.push(`${id} ${first}`);
    const all = this.recordings[id];
    if (all === undefined) throw new AppError('not-found');
    return { size: all.length, bytes: all.subarray(first, last + 1) };
  };
}
const long = randomBytes(blockSize * 3 + 77);

function audioOf(centre: Pick<FakeCentre, 'fetchPart'>, { ring = ringOf(7), limitBytes = 1e9 } = {}): RecordingAudio {
  const openKey = () => recordingKey(join(folder, 'recordings.key'), ring, log);
  const shelf = new RecordingShelf({ folder: shelfFolder(), openKey, limitBytes, log });
  const audio = new RecordingAudio({ shelf, fetchPart: centre.fetchPart, log });
  audio.begin('server me');
  made.push(audio);
  return audio;
}
async function bytesOf(audio: RecordingAudio, first: number, last: number, id = 'r1'): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of audio.read(id, first, last)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a recording that is played', () => {
  it.each([
    [0, 0],
    [10, blockSize + 5],
    [blockSize, blockSize],
    [blockSize * 2 - 1, long.length - 1],
    [0, long.length - 1],
  ])('is given in any part: %i to %i', async (first, last) => {
    const audio = audioOf(new FakeCentre({ r1: long }));
    expect((await bytesOf(audio, first, last)).equals(long.subarray(first, last + 1))).toBe(true);
  });

  it('is kept when all of it has come, and then needs no server', async () => {
    const centre = new FakeCentre({ r1: long });
    await audioOf(centre).fill('r1');
    expect(kept()).toHaveLength(1);
    expect(readFileSync(join(shelfFolder(), kept()[0]!)).includes(long.subarray(1000, 1032))).toBe(false);
    centre.isDown = true;
    const later = audioOf(centre);
    expect((await bytesOf(later, 0, long.length - 1)).equals(long)).toBe(true);
  });

  it('is known to be here only when the server is not asked for it', async () => {
    const short = randomBytes(1000);
    const centre = new FakeCentre({ r1: long, r2: short });
    const audio = audioOf(centre);
    expect([await audio.isHere('r1'), await audio.isHere('r2')]).toEqual([false, false]);
    await audio.fill('r1');
    expect([await audio.isHere('r1'), await audio.isHere('r2')]).toEqual([true, true]);
    const later = audioOf(centre);
    expect([await later.isHere('r1'), await later.isHere('r2')]).toEqual([true, true]);
  });

  it('goes on from what is here when the server is lost, says so, and goes on to its end when it is back', async () => {
    const centre = new FakeCentre({ r1: long });
    const audio = audioOf(centre);
    const told: AudioHere[] = [];
    audio.changes.hear(here => told.push(here));
    await bytesOf(audio, 0, blockSize * 2 - 1);
    centre.isDown = true;
    await audio.fill('r1');
    expect(told.at(-1)).toEqual({ recordingId: 'r1', share: 0.5, isCut: true, problem: null });
    expect((await bytesOf(audio, 5, blockSize)).equals(long.subarray(5, blockSize + 1))).toBe(true);
    await expect(bytesOf(audio, blockSize * 3, long.length - 1)).rejects.toMatchObject({ code: 'server/unreachable' });
    centre.isDown = false;
    await audio.fill('r1');
    expect(told.at(-1)).toEqual({ recordingId: 'r1', share: 1, isCut: false, problem: null });
  });

  it.each(['recording/deleted', 'recording/damaged', 'recording/empty', 'recording/missing', 'not-found'] as const)(
    'plays what is here and says why no more will come: %s, while it plays or before',
    async code => {
      const centre = new FakeCentre({ r1: long });
      const audio = audioOf(centre);
      const told: AudioHere[] = [];
      audio.changes.hear(here => told.push(here));
      await bytesOf(audio, 0, 10);
      centre.refuses = code;
      await expect(bytesOf(audio, blockSize * 2, blockSize * 2 + 10)).rejects.toMatchObject({ code });
      expect(told.at(-1)).toEqual({ recordingId: 'r1', share: 0.25, isCut: false, problem: code });
      expect((await bytesOf(audio, 0, 10)).equals(long.subarray(0, 11))).toBe(true);
      await expect(audio.sizeOf('r2')).rejects.toMatchObject({ code });
      expect(told.at(-1)).toEqual({ recordingId: 'r2', share: 0, isCut: false, problem: code });
    },
  );

  it('plays from memory when the disk is full', async () => {
    const audio = audioOf(new FakeCentre({ r1: long, r2: long }));
    await bytesOf(audio, 0, 10, 'r2');
    const name = createHash('sha256').update('server me\0r1').digest('hex').slice(0, 40);
    symlinkSync('/dev/full', join(shelfFolder(), `${name}.part`));
    expect((await bytesOf(audio, 0, long.length - 1)).equals(long)).toBe(true);
    expect(kept().filter(each => each.endsWith('.sealed'))).toEqual([]);
  });

  it.each([1e9, 1e12])('is heard at its end when it is more than 2 GB, with room for %i bytes', async limitBytes => {
    const size = 2 ** 31 + 44;
    const fetchPart = async (_id: string, first: number, last: number) => ({
      size,
      bytes: Buffer.from(Array.from({ length: last - first + 1 }, (_none, n) => (first + n) % 251)),
    });
    const audio = audioOf({ fetchPart }, { limitBytes });
    const before = process.memoryUsage().rss;
    for (const first of [2 ** 31 + 40, 2 ** 31 - 2, 2 ** 30, 44])
      expect([...(await bytesOf(audio, first, first + 3))]).toEqual([0, 1, 2, 3].map(n => (first + n) % 251));
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('is asked for once, however many want the same block', async () => {
    const centre = new FakeCentre({ r1: long });
    const audio = audioOf(centre);
    await Promise.all([bytesOf(audio, 0, blockSize * 2 - 1), bytesOf(audio, 0, blockSize * 2 - 1), audio.fill('r1')]);
    expect(centre.asked.length).toBe(new Set(centre.asked).size);
  });

  it('is not there for another person at the same computer', async () => {
    const centre = new FakeCentre({ r1: long });
    await audioOf(centre).fill('r1');
    centre.isDown = true;
    const audio = audioOf(centre);
    audio.begin('server somebody else');
    await expect(bytesOf(audio, 0, 1)).rejects.toMatchObject({ code: 'server/unreachable' });
  });

  it('is not kept any more once the server has deleted it', async () => {
    const centre = new FakeCentre({ r1: long });
    const audio = audioOf(centre);
    await audio.fill('r1');
    await audio.forget('r1');
    expect(kept()).toEqual([]);
  });

  it('leaves room for others: those played longest ago go', async () => {
    const centre = new FakeCentre({ r1: long, r2: long, r3: long });
    const audio = audioOf(centre, { limitBytes: long.length * 2.5 });
    for (const id of ['r1', 'r2', 'r3']) await audio.fill(id);
    expect(kept()).toHaveLength(2);
  });
});

describe('the key ring', () => {
  it('is not there: nothing is written, and playing goes on', async () => {
    const audio = audioOf(new FakeCentre({ r1: long }), { ring: ringOf(7, false) });
    expect((await bytesOf(audio, 0, long.length - 1)).equals(long)).toBe(true);
    await audio.fill('r1');
    expect(kept()).toEqual([]);
    expect(existsSync(join(folder, 'recordings.key'))).toBe(false);
  });

  it.each<[string, KeyRing]>([
    ['is another', ringOf(9)],
    ['went away', ringOf(7, false)],
  ])('%s: what was kept is dropped and fetched again', async (_name, ring) => {
    const centre = new FakeCentre({ r1: long });
    await audioOf(centre).fill('r1');
    const later = audioOf(centre, { ring });
    expect((await bytesOf(later, 0, 99)).equals(long.subarray(0, 100))).toBe(true);
    expect(kept().filter(name => name.endsWith('.sealed'))).toEqual([]);
    await later.fill('r1');
    expect(kept().filter(name => name.endsWith('.sealed'))).toHaveLength(ring.isAvailable() ? 1 : 0);
  });
});

describe('what is on the disk', () => {
  const peaks = randomBytes(blockSize + 1234);
  const shelfOf = (ring: KeyRing): RecordingShelf =>
    new RecordingShelf({
      folder: shelfFolder(),
      openKey: () => recordingKey(join(folder, 'recordings.key'), ring, log),
      limitBytes: 1e9,
      log,
    });
  const everyFile = (): Buffer[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name)));
  /** Whether any file holds a piece of what must not be read there. */
  const isClear = (): boolean =>
    [long, peaks].some(secret =>
      Array.from({ length: Math.floor(secret.length / 4096) }, (_none, n) =>
        secret.subarray(n * 4096, n * 4096 + 16),
      ).some(piece => everyFile().some(file => file.includes(piece))),
    );

  it.each<[string, KeyRing]>([
    ['with a key ring', ringOf(7)],
    ['without', ringOf(7, false)],
  ])('is nothing clear %s: not of the whole, not of what is half fetched, not of the shape', async (_name, ring) => {
    const centre = new FakeCentre({ r1: long, r2: long });
    const audio = audioOf(centre, { ring });
    await bytesOf(audio, 0, blockSize * 2 - 1); // two of four blocks: beside its final name
    await audio.fill('r2').catch(() => undefined);
    const shelf = shelfOf(ring);
    await shelf.keepPeaks('server me', 'r1', 'fine', peaks);
    expect(isClear()).toBe(false);
    expect(everyFile().length > 0).toBe(ring.isAvailable());
    const found = await shelf.findPeaks('server me', 'r1', 'fine');
    expect(found?.equals(peaks) ?? null).toBe(ring.isAvailable() ? true : null);
    expect(await shelf.findPeaks('server you', 'r1', 'fine')).toBeNull();
  });

  it('is nothing half fetched after the app began anew', async () => {
    await bytesOf(audioOf(new FakeCentre({ r1: long })), 0, 9);
    await made.at(-1)?.end();
    expect(kept().map(name => name.split('.')[1])).toEqual(['part']);
    await shelfOf(ringOf(7)).findPeaks('server me', 'r1', 'fine');
    expect(kept()).toEqual([]);
  });

  it('goes with the recording, its shape too', async () => {
    const audio = audioOf(new FakeCentre({ r1: long }));
    await audio.fill('r1');
    const shelf = shelfOf(ringOf(7));
    for (const zoom of ['fine', 'coarse']) await shelf.keepPeaks('server me', 'r1', zoom, peaks);
    expect(kept()).toHaveLength(3);
    await audio.forget('r1');
    expect(kept()).toEqual([]);
  });
});

describe('desk-recording://', () => {
  const ask = async (url: string, range?: string): Promise<Response> => {
    const audio = audioOf(new FakeCentre({ r1: long }));
    return recordingProtocol(Promise.resolve(audio))({
      url,
      headers: new Headers(range === undefined ? {} : { range }),
    });
  };

  it('answers a part as a part', async () => {
    const answer = await ask('desk-recording://one/r1', 'bytes=100-299');
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes 100-299/${long.length}`]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(long.subarray(100, 300))).toBe(true);
  });

  it('answers the whole when nothing else is asked', async () => {
    const answer = await ask('desk-recording://one/r1');
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(long.length)]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(long)).toBe(true);
  });

  it.each([
    ['desk-recording://one/r1?2', undefined, 200],
    ['desk-recording://one/r1?2x', undefined, 404],
    ['desk-recording://one/r1', `bytes=${long.length}-`, 416],
    ['desk-recording://one/none', undefined, 404],
    ['desk-recording://one/..%2f..%2fetc%2fpasswd', undefined, 404],
    ['desk-recording://one/../../r1', undefined, 404],
    ['desk-recording://one/r1/', undefined, 404],
    ['desk-recording://r1', undefined, 404],
    [`desk-recording://one/${'a'.repeat(65)}`, undefined, 404],
    ['desk-recording://one/r1%00', undefined, 404],
  ])('%s %s is %i', async (url, range, status) => {
    expect((await ask(url, range)).status).toBe(status);
  });
});

import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RestClient } from '../../../../src-main/server-link/rest-client';
import { openCache, type CacheDb } from '../../../../src-main/cache/open-cache';
import { keepDownloads, keptDownloads } from '../../../../src-main/cache/download-table';
import { DownloadDesk } from '../../../../src-main/recordings/download-desk';
import { safeFileName } from '../../../../src-main/recordings/download-file';
import { ByteClient } from '../../../../src-main/server-link/byte-client';
import { FakeClock } from '../../../fakes/fake-clock';
import { httpStandIn, json, type HttpStandIn } from '../../../fakes/http-stand-in';
import { QuietLogger } from '../../../fakes/quiet-logger';

interface Sound {
  bytes: Buffer;
  fileName: string;
  /** What the centre says of it; otherwise what is so. */
  sha256?: string;
  sizeBytes?: number;
}
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const etagOf = ({ bytes }: Sound): string => `"${sha256(bytes).slice(0, 16)}"`;

let folder: string;
let downloads: string;
let db: CacheDb;
let server: HttpStandIn;
let sounds: Map<string, Sound>;
/** Of the next answers: bytes after which the connection is cut. */
let cuts: number[];
let ranges: (string | undefined)[];
let clock: FakeClock;
const desks: DownloadDesk[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downloads-'));
  downloads = join(folder, 'Downloads');
  mkdirSync(downloads);
  ({ db } = openCache(':memory:', new QuietLogger()));
  [sounds, cuts, ranges, clock] = [new Map(), [], [], new FakeClock()];
  server = await httpStandIn(answer);
});
afterEach(async () => {
  desks.splice(0).forEach(desk => desk.end());
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As the centre answers: a part when what is here is still the same. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const id = /^\/api\/recordings\/([^/]+)\/audio\?purpose=download$/.exec(request.url ?? '')?.[1] ?? '';
  const sound = sounds.get(decodeURIComponent(id));
  if (sound === undefined) return json(response, 404, { code: 'not-found', message: 'none' });
  ranges.push(request.headers.range);
  const isSame = request.headers['if-range'] === etagOf(sound);
  const first = isSame ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
  const rest = sound.bytes.subarray(first);
  response.writeHead(first > 0 ? 206 : 200, {
    etag: etagOf(sound),
    'content-length': rest.length,
    ...(first > 0 && { 'content-range': `bytes ${first}-${sound.bytes.length - 1}/${sound.bytes.length}` }),
  });
  const cut = cuts.shift();
  if (cut === undefined) return void response.end(rest);
  // Cut once some of it has come: what is read together with the cut is lost, and on a busy machine that may be all.
  const hasCome = (): boolean =>
    readdirSync(downloads).some(name => name.endsWith('.part') && statSync(join(downloads, name)).size > first);
  const cutOff = (): unknown => request.socket.destroy();
  response.write(rest.subarray(0, cut), () => void vi.waitUntil(hasCome).then(cutOff, cutOff));
}

function aDesk(): DownloadDesk {
  const describe = async (_route: string, { recordingIds }: { recordingIds: string[] }) => {
    return {
      files: recordingIds.map(recordingId => {
        const sound = sounds.get(recordingId);
        if (sound === undefined) return { kind: 'refused', recordingId, code: 'recording/deleted' };
        const { fileName, bytes } = sound;
        const said = { sizeBytes: sound.sizeBytes ?? bytes.length, sha256: sound.sha256 ?? sha256(bytes) };
        return { kind: 'file', recordingId, fileName, ...said, etag: etagOf(sound) };
      }),
    };
  };
  const desk = new DownloadDesk({
    rest: { call: describe as unknown as RestClient['call'] },
    bytes: new ByteClient(
      { origin: server.origin, accessToken: async () => 'token' },
      { pinnedFor: () => undefined, authorities: [] },
    ),
    db,
    clock,
    folder: () => downloads,
    log: new QuietLogger(),
  });
  desk.begin('server me');
  desks.push(desk);
  return desk;
}
const has = (id: string, part: Partial<Sound> = {}): Buffer => {
  const bytes = part.bytes ?? randomBytes(300_000);
  sounds.set(id, { bytes, fileName: `${id}.wav`, ...part });
  return bytes;
};
const ended = (desk: DownloadDesk) =>
  vi.waitUntil(() => {
    const [transfer] = desk.transfers;
    return transfer && ['done', 'failed'].includes(transfer.state) ? transfer : undefined;
  });
const waiting = (desk: DownloadDesk) => vi.waitUntil(() => desk.transfers[0]?.state === 'waiting');
const filesIn = (path = downloads): string[] => readdirSync(path).toSorted();
const written = (name: string): Buffer => readFileSync(join(downloads, name));

describe('a recording as a file', () => {
  it('has every byte, and is its owner’s alone', async () => {
    const bytes = has('r1');
    const desk = aDesk();
    await desk.start(['r1']);
    expect(await ended(desk)).toMatchObject({ state: 'done', done: 1, failed: 0, fileName: 'r1.wav', code: null });
    expect([filesIn(), written('r1.wav').equals(bytes)]).toEqual([['r1.wav'], true]);
    expect([statSync(join(downloads, 'r1.wav')).mode & 0o777, keptDownloads(db, 'server me')]).toEqual([0o600, []]);
    expect(server.asked[0]?.authorization).toBe('Bearer token');
  });

  it('goes on where the connection was cut, and asks for no byte twice', async () => {
    const bytes = has('r1');
    cuts = [100_000, 50_000];
    const desk = aDesk();
    await desk.start(['r1']);
    for (const asked of [2, 3]) {
      await waiting(desk);
      expect(filesIn().filter(name => name.endsWith('.wav'))).toEqual([]);
      desk.goOn();
      await vi.waitUntil(() => ranges.length === asked);
    }
    await ended(desk);
    expect(written('r1.wav').equals(bytes)).toBe(true);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.slice(1).every(range => /^bytes=[1-9]\d+-$/.test(range ?? ''))).toBe(true);
    expect(ranges).toHaveLength(3);
  });

  it('tries again by itself after some seconds', async () => {
    has('r1');
    cuts = [10];
    const desk = aDesk();
    await desk.start(['r1']);
    await waiting(desk);
    clock.pass(5000);
    expect(await ended(desk)).toMatchObject({ state: 'done' });
  });

  it('goes on after a restart of the app, from what is here', async () => {
    const bytes = has('r1');
    cuts = [120_000];
    const before = aDesk();
    await before.start(['r1']);
    await waiting(before);
    before.end();
    const [part] = filesIn();
    const kept = statSync(join(downloads, part ?? '')).size;
    expect([part?.endsWith('.part'), kept > 0]).toEqual([true, true]);
    const later = aDesk();
    expect(await ended(later)).toMatchObject({ state: 'done', done: 1 });
    expect([ranges.at(-1), written('r1.wav').equals(bytes), filesIn()]).toEqual([`bytes=${kept}-`, true, ['r1.wav']]);
  });

  it('is gone on with for whoever asked, and for nobody else', async () => {
    has('r1');
    cuts = [1000];
    const before = aDesk();
    await before.start(['r1']);
    await waiting(before);
    before.end();
    const other = aDesk();
    other.end();
    other.begin('server somebody else');
    expect(other.transfers).toEqual([]);
  });

  it('begins anew when the server has another file by now', async () => {
    has('r1');
    cuts = [120_000];
    const desk = aDesk();
    await desk.start(['r1']);
    await waiting(desk);
    const changed = has('r1', { bytes: randomBytes(200_000) });
    desk.goOn();
    expect(await ended(desk)).toMatchObject({ state: 'done', done: 1, failed: 0 });
    expect([written('r1.wav').equals(changed), filesIn()]).toEqual([true, ['r1.wav']]);
  });

  it('has no name when its bytes are not those that were promised', async () => {
    has('r1', { sha256: 'f'.repeat(64) });
    const desk = aDesk();
    await desk.start(['r1']);
    expect(await ended(desk)).toMatchObject({ state: 'failed', failed: 1, code: 'recording/damaged' });
    expect([filesIn(), keptDownloads(db, 'server me')]).toEqual([[], []]);
  });

  it('takes no place of another: a number follows', async () => {
    const bytes = has('r1');
    writeFileSync(join(downloads, 'r1.wav'), 'mine');
    for (const [index, name] of ['r1 (2).wav', 'r1 (3).wav'].entries()) {
      const desk = aDesk();
      await desk.start(['r1']);
      expect([index, (await ended(desk)).fileName]).toEqual([index, name]);
      expect(written(name).equals(bytes)).toBe(true);
    }
    expect(written('r1.wav').toString()).toBe('mine');
  });

  it('comes twice when it is asked for twice at a time, each whole', async () => {
    const bytes = has('r1', { bytes: randomBytes(3_000_000) });
    const desk = aDesk();
    await Promise.all([desk.start(['r1']), desk.start(['r1'])]);
    await vi.waitUntil(() => desk.transfers.every(({ state }) => state === 'done'));
    expect(filesIn()).toEqual(['r1 (2).wav', 'r1.wav']);
    for (const name of filesIn()) expect(written(name).equals(bytes)).toBe(true);
  });

  it('is not begun where the disk has no room', async () => {
    has('r1', { sizeBytes: 1e15 });
    has('r2', { sizeBytes: 1e15 });
    const desk = aDesk();
    await expect(desk.start(['r1'])).rejects.toMatchObject({ code: 'disk/full' });
    await expect(desk.start(['r1', 'r2'])).rejects.toMatchObject({ code: 'disk/full' });
    expect([filesIn(), ranges, desk.transfers, keptDownloads(db, 'server me')]).toEqual([[], [], [], []]);
  });

  it('that fills the disk on its way says so and leaves nothing', async () => {
    has('r1');
    const [sound] = sounds.values();
    const file = {
      transferId: 'transfer',
      recordingId: 'r1',
      folder: downloads,
      fileName: 'r1.wav',
      sizeBytes: 300_000,
    };
    keepDownloads(db, 'server me', [{ ...file, sha256: sha256(sound!.bytes), etag: etagOf(sound!) }]);
    symlinkSync('/dev/full', join(downloads, 'r1.wav.transfer.part')); // every write to it meets a full disk
    const desk = aDesk();
    expect(await ended(desk)).toMatchObject({ state: 'failed', failed: 1, code: 'disk/full' });
    expect([filesIn(), keptDownloads(db, 'server me')]).toEqual([[], []]);
  });

  it('is not begun where nothing may be written', async () => {
    has('r1');
    downloads = join(folder, 'a file', 'Downloads');
    writeFileSync(join(folder, 'a file'), '');
    await expect(aDesk().start(['r1'])).rejects.toMatchObject({ code: 'file/not-written' });
  });

  it('that is gone at the server is said to be', async () => {
    const desk = aDesk();
    await expect(desk.start(['none'])).rejects.toMatchObject({ code: 'recording/deleted' });
    has('r1');
    cuts = [70_000];
    await desk.start(['r1']);
    await waiting(desk);
    sounds.clear();
    desk.goOn();
    expect(await ended(desk)).toMatchObject({ state: 'failed', code: 'not-found' });
    expect(filesIn()).toEqual([]);
  });
});

describe('a download that is cancelled', () => {
  it.each([0, 1000])('leaves nothing, whatever it does at the moment (after %i bytes)', async cut => {
    has('r1', { bytes: randomBytes(8_000_000) });
    if (cut > 0) cuts = [cut];
    const desk = aDesk();
    await desk.start(['r1']);
    if (cut > 0) await waiting(desk);
    else await vi.waitUntil(() => filesIn().length > 0);
    const [{ id } = { id: '' }] = desk.transfers;
    await desk.cancel(id);
    expect([desk.transfers[0]?.state, filesIn(), keptDownloads(db, 'server me')]).toEqual(['cancelled', [], []]);
    desk.goOn();
    clock.pass(60_000);
    await new Promise(done => setImmediate(done));
    expect([desk.transfers[0]?.state, filesIn()]).toEqual(['cancelled', []]);
  });

  it('keeps the files that are whole, and the folder with them', async () => {
    has('r1');
    has('r2', { bytes: randomBytes(64_000_000) }); // far from its end when the first is seen to be whole
    const desk = aDesk();
    await desk.start(['r1', 'r2']);
    await vi.waitUntil(() => desk.transfers[0]?.done === 1, { interval: 1 });
    await desk.cancel(desk.transfers[0]?.id ?? '');
    expect([desk.transfers[0]?.state, filesIn(join(downloads, filesIn()[0] ?? ''))]).toEqual(['cancelled', ['r1.wav']]);
  });
});

describe('hundreds at a time', () => {
  it('come one after the other in a folder of their own, with flat memory; those that cannot be had are counted', async () => {
    const bytes = randomBytes(200_000);
    for (let n = 0; n < 500; n += 1) has(`r${n}`, { bytes });
    sounds.delete('r7');
    const warnings: string[] = [];
    const warned = (warning: Error): void => void warnings.push(warning.message);
    process.on('warning', warned);
    const desk = aDesk();
    const before = process.memoryUsage().rss;
    await desk.start(Array.from({ length: 500 }, (_none, n) => `r${n}`));
    let most = 0;
    desk.changes.hear(() => (most = Math.max(most, process.memoryUsage().rss)));
    await vi.waitUntil(() => desk.transfers[0]?.state === 'done', { timeout: 60_000 });
    process.off('warning', warned);
    expect(desk.transfers[0]).toMatchObject({ done: 499, failed: 1, code: 'recording/deleted' });
    const [name = ''] = filesIn();
    expect([name.startsWith('recordings_'), filesIn(join(downloads, name)).length]).toEqual([true, 499]);
    expect(most - before).toBeLessThan(70_000_000); // of 100 MB that came
    expect(warnings).toEqual([]);
  }, 60_000);
});

describe('a name from elsewhere', () => {
  it.each([
    '../../etc/passwd.wav',
    '/etc/passwd.wav',
    '..\\..\\x.wav',
    'C:\\x.wav',
    'a/b.wav',
    '.hidden.wav',
    '..wav',
    'x.wav\0.exe',
    'x.exe',
    'stream:x.wav',
    'CON.wav',
    'lpt1.wav',
    'trailing .wav',
    'line\nbreak.wav',
    'x".wav',
    `${'長'.repeat(100)}.wav`,
    '',
  ])('never leads out of the folder: %j', async fileName => {
    expect(safeFileName(fileName, '../r1')).toBe('recording_---r1.wav');
    has('r1', { fileName });
    const desk = aDesk();
    await desk.start(['r1']);
    expect(await ended(desk)).toMatchObject({ state: 'done', fileName: 'recording_r1.wav' });
    expect([filesIn(folder), filesIn(), existsSync(join(folder, '..', 'x.wav'))]).toEqual([
      ['Downloads'],
      ['recording_r1.wav'],
      false,
    ]);
  });

  it.each(['2026-11-20_Élodie_Lefèvre_r1.wav', '通話 録音.wav'])('stays as it is when it is harmless: %s', name =>
    expect(safeFileName(name, 'r1')).toBe(name),
  );
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
import { keepDownloads, type KeptDownload } from '../../../src-main/cache/download-table';
import { openCache, type CacheDb } from '../../../src-main/cache/open-cache';
import { DownloadDesk } from '../../../src-main/recordings/download-desk';
import { ByteClient, type Bytes, type BytesWanted } from '../../../src-main/server-link/byte-client';
import type { RestClient } from '../../../src-main/server-link/rest-client';
import { answeredAt, customerJoins, hangsUp, isRecorded, ringsAt, told } from '../../builders/a-told-call';
import { aWav } from '../../builders/a-wav';
import { QuietLogger } from '../../fakes/quiet-logger';
import { TestCentre } from './test-centre';

/** What was asked of the centre and how it answered. */
class WatchedBytes extends ByteClient {
  readonly seen: string[] = [];
  override async get(wanted: BytesWanted): Promise<Bytes> {
    const answer = await super.get(wanted);
    this.seen.push(`${wanted.range} ${answer.status}`);
    return answer;
  }
}

const wav = aWav(2000);
let centre: TestCentre;
let token: string;
let file: string;
let downloads: string;
let db: CacheDb;
let bytes: WatchedBytes;
let desk: DownloadDesk;

beforeEach(async () => {
  centre = await TestCentre.open();
  token = (await centre.signIn('1001')).accessToken;
  mkdirSync(join(centre.folder, 'recordings'), { recursive: true });
  file = join(centre.folder, 'recordings', 'c1-sound.wav');
  writeFileSync(file, wav);
  const calls = [...customerJoins('c1'), ...ringsAt('c1', '1001'), ...answeredAt('c1', '1001'), ...isRecorded('c1')];
  const finished = { callId: 'c1', recordingId: 'c1-sound', file: 'c1-sound.wav', durationMs: 2000 };
  const events = [...calls, ...hangsUp('c1', '1001'), { type: 'recording-finished', ...finished } as const];
  centre.telephony.tell(...told(centre.clock.now(), events));
  await vi.waitUntil(async () => (await described()).files[0]?.kind === 'file');
  const origin = await centre.listen();
  downloads = mkdtempSync(join(tmpdir(), 'downloads-'));
  ({ db } = openCache(':memory:', new QuietLogger()));
  const server = { origin, accessToken: async () => token };
  bytes = new WatchedBytes(server, { pinnedFor: () => undefined, authorities: [] });
  const rest = { call: described as unknown as RestClient['call'] };
  const { clock } = centre;
  desk = new DownloadDesk({ rest, bytes, db, clock, folder: () => downloads, log: new QuietLogger() });
});
afterEach(async () => {
  desk.end();
  await centre.close();
  rmSync(downloads, { recursive: true, force: true });
});

async function described(): Promise<RouteOutput<'recordings.downloads'>> {
  const payload = { recordingIds: ['c1-sound'], timeZone: 'Europe/Paris' };
  return (await centre.ask('POST', '/api/recordings/downloads', { token, payload })).json();
}
const ended = () =>
  vi.waitUntil(() => desk.transfers.find(({ state }) => state === 'done' || state === 'failed'), { timeout: 8000 });
/** As a former run of the app left it: some bytes, and what was wanted. */
async function halfDone(here: Buffer): Promise<KeptDownload> {
  const [told] = (await described()).files;
  if (told?.kind !== 'file') throw new Error('not described');
  const kept = { ...told, transferId: 'transfer-of-before', folder: downloads };
  keepDownloads(db, 'me', [kept]);
  writeFileSync(join(downloads, `${told.fileName}.transfer.part`), here);
  return kept;
}
const written = (): Buffer[] => readdirSync(downloads).map(name => readFileSync(join(downloads, name)));

describe('a recording downloaded from the real server', () => {
  it('is the same, under the name that the centre gives it', async () => {
    desk.begin('me');
    await desk.start(['c1-sound']);
    const { fileName } = await ended();
    expect([readdirSync(downloads), written()[0]?.equals(wav)]).toEqual([[fileName], true]);
    expect(bytes.seen).toEqual(['null 200']);
  });

  it('goes on from what a former run of the app left', async () => {
    await halfDone(wav.subarray(0, 10_000));
    desk.begin('me');
    expect(await ended()).toMatchObject({ state: 'done', done: 1 });
    expect(bytes.seen).toEqual(['bytes=10000- 206']);
    expect(written().map(each => each.equals(wav))).toEqual([true]);
  });

  it('begins anew when the centre has another file by now, or the same of another day', async () => {
    await halfDone(wav.subarray(0, 10_000));
    utimesSync(file, new Date(0), new Date(0));
    desk.begin('me');
    expect(await ended()).toMatchObject({ state: 'done', done: 1 });
    expect(bytes.seen).toEqual(['bytes=10000- 200', 'null 200']);
    expect(written().map(each => each.equals(wav))).toEqual([true]);
  });

  it('does not take what is here for whole because it is as long', async () => {
    await halfDone(Buffer.alloc(wav.length));
    desk.begin('me');
    expect(await ended()).toMatchObject({ state: 'done' });
    expect(written().map(each => each.equals(wav))).toEqual([true]);
  });
});

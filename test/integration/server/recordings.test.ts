import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditOf } from '../../../src-server/database/audit-table';
import { openDatabase } from '../../../src-server/database/open-database';
import {
  answeredAt,
  customerJoins,
  hangsUp,
  isRecorded,
  notAnsweredAt,
  ringsAt,
  told,
} from '../../builders/a-told-call';
import { TestCentre } from './test-centre';

const sound = Buffer.from('RIFF-0123456789');
const url = '/api/recordings/c1-sound/audio';
let centre: TestCentre;
let alice: string;
let bruno: string;
let supervisor: string;

beforeAll(async () => {
  centre = await TestCentre.open();
  const tokenOf = async (extension: string): Promise<string> => (await centre.signIn(extension)).accessToken;
  [alice, bruno, supervisor] = [await tokenOf('1001'), await tokenOf('1002'), await tokenOf('2001')];
  mkdirSync(join(centre.folder, 'recordings'), { recursive: true });
  writeFileSync(join(centre.folder, 'recordings', 'c1-sound.wav'), sound);
  const call = [
    customerJoins('c1'),
    ringsAt('c1', '1002'),
    notAnsweredAt('c1', '1002', 'ring-no-answer'),
    ringsAt('c1', '1001'),
    answeredAt('c1', '1001'),
    isRecorded('c1'),
    hangsUp('c1', '1001'),
  ];
  const finished = {
    type: 'recording-finished',
    callId: 'c1',
    recordingId: 'c1-sound',
    file: 'c1-sound.wav',
    durationMs: 2000,
  } as const;
  centre.telephony.tell(...told(centre.clock.now(), [...call.flat(), finished]));
  await vi.waitUntil(async () => (await listen(alice)).statusCode === 200);
});
afterAll(() => centre.close());

const listen = (token: string, range?: string) =>
  centre.ask('GET', url, { token, headers: range === undefined ? {} : { range } });
const listenedBy = async () => {
  const db = openDatabase({ file: join(centre.folder, 'server.db') });
  const entries = await auditOf(db, 'c1-sound');
  await db.destroy();
  return entries;
};

describe('the bytes of a recording', () => {
  it('come whole', async () => {
    const answer = await listen(alice);
    expect(answer.headers).toMatchObject({
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'content-length': String(sound.length),
      'cache-control': 'no-store',
    });
    expect(answer.rawPayload).toEqual(sound);
  });

  it.each([
    ['bytes=0-3', 'bytes 0-3/15', 'RIFF'],
    ['bytes=5-', 'bytes 5-14/15', '0123456789'],
    ['bytes=-4', 'bytes 11-14/15', '6789'],
    ['bytes=10-999', 'bytes 10-14/15', '56789'],
  ])('come in part: %s', async (range, contentRange, body) => {
    const answer = await listen(alice, range);
    expect(answer.statusCode).toBe(206);
    expect(answer.headers['content-range']).toBe(contentRange);
    expect(answer.body).toBe(body);
  });

  it('are refused beyond the end', async () => {
    const answer = await listen(alice, 'bytes=15-');
    expect(answer.statusCode).toBe(416);
    expect(answer.headers['content-range']).toBe('bytes */15');
  });

  it('are counted by HEAD', async () => {
    const answer = await centre.ask('HEAD', url, { token: alice });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-length']).toBe('15');
    expect(answer.body).toBe('');
  });

  it('are for those who talked in the call, and for supervisors', async () => {
    expect((await listen(supervisor)).statusCode).toBe(200);
    const rangButNotAnswered = await listen(bruno);
    expect(rangButNotAnswered.statusCode).toBe(404);
    const missing = await centre.ask('GET', '/api/recordings/none/audio', { token: bruno });
    expect(rangButNotAnswered.body).toBe(missing.body);
    expect((await centre.ask('GET', '/api/calls/c1', { token: bruno })).json()).toMatchObject({
      hasRecording: false,
      recordingId: null,
    });
    expect((await centre.ask('GET', '/api/calls/c1', { token: alice })).json()).toMatchObject({
      hasRecording: true,
      recordingId: 'c1-sound',
    });
  });

  it('need a sign-in', async () => {
    expect((await centre.ask('GET', url)).json()).toMatchObject({ code: 'sign-in/not-signed-in' });
  });

  it.each(['..%2Fserver.db', '..%5c..%5cserver.db', '%00', 'a'.repeat(65), "x'%20OR%201=1"])(
    'are not found at %s',
    async id => {
      expect((await centre.ask('GET', `/api/recordings/${id}/audio`, { token: supervisor })).statusCode).toBe(404);
    },
  );

  it('leave an audit row for each listening, and none for a refusal or a HEAD', async () => {
    const before = (await listenedBy()).length;
    await listen(alice, 'bytes=0-3');
    await listen(bruno);
    await centre.ask('HEAD', url, { token: alice });
    const entries = await listenedBy();
    expect(entries).toHaveLength(before + 1);
    expect(entries.at(-1)).toEqual({ personId: 'person-1001', action: 'recording.listened', detail: '0-3' });
  });
});

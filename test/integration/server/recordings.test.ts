import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditOf } from '../../../src-server/database/audit-table';
import {
  answeredAt,
  customerJoins,
  hangsUp,
  isRecorded,
  notAnsweredAt,
  ringsAt,
  told,
} from '../../builders/a-told-call';
import { aWav } from '../../builders/a-wav';
import { openDatabaseOf } from '../../rig/postgres';
import { TestCentre } from './test-centre';

const sound = aWav(2000);
const size = sound.length;
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
  const db = await openDatabaseOf(centre.folder);
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

  it.each<[range: string, first: number, last: number]>([
    ['bytes=0-3', 0, 3],
    ['bytes=5-', 5, size - 1],
    ['bytes=-4', size - 4, size - 1],
    [`bytes=10-${'9'.repeat(15)}`, 10, size - 1],
    [`bytes=-${'9'.repeat(15)}`, 0, size - 1],
    [`bytes=${size - 1}-`, size - 1, size - 1],
  ])('come in part: %s', async (range, first, last) => {
    const answer = await listen(alice, range);
    expect(answer.statusCode).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${first}-${last}/${size}`);
    expect(answer.rawPayload).toEqual(sound.subarray(first, last + 1));
  });

  it.each(['bytes=3-2', 'bytes=a-b', 'bytes=', 'bytes=-', 'lines=0-3', 'bytes=0-3,5-6', 'bytes=1.5-3', 'nonsense', ''])(
    'come whole for a range that says nothing: %j',
    async range => {
      const answer = await listen(alice, range);
      expect(answer.statusCode).toBe(200);
      expect(answer.rawPayload).toEqual(sound);
    },
  );

  it.each([`bytes=${size}-`, 'bytes=999999999-', 'bytes=-0'])('are refused beyond the end: %s', async range => {
    const answer = await listen(alice, range);
    expect(answer.statusCode).toBe(416);
    expect(answer.headers['content-range']).toBe(`bytes */${size}`);
  });

  it('go on where they were, if they are still the same', async () => {
    const { etag, 'last-modified': date } = (await listen(alice)).headers;
    const from = async (ifRange: string) =>
      (await centre.ask('GET', url, { token: alice, headers: { range: 'bytes=100-', 'if-range': ifRange } }))
        .statusCode;
    expect(await from(String(etag))).toBe(206);
    expect(await from(String(date))).toBe(206);
    expect(await from('"another"')).toBe(200);
    expect(await from(`W/${String(etag)}`), 'a weak tag is not enough').toBe(200);
    expect(await from('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(200);
    const known = await centre.ask('GET', url, { token: alice, headers: { 'if-none-match': String(etag) } });
    expect([known.statusCode, known.body]).toEqual([304, '']);
  });

  it('are counted by HEAD', async () => {
    const answer = await centre.ask('HEAD', url, { token: alice });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-length']).toBe(String(size));
    expect(answer.body).toBe('');
    const part = await centre.ask('HEAD', url, { token: alice, headers: { range: 'bytes=0-3' } });
    expect([part.statusCode, part.headers['content-length']], 'a range is for GET').toEqual([200, String(size)]);
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
    await centre.ask('GET', `${url}?purpose=download`, { token: alice });
    expect((await centre.ask('GET', `${url}?purpose=theft`, { token: alice })).statusCode).toBe(400);
    const entries = await listenedBy();
    expect(entries.slice(before)).toEqual([
      { personId: 'person-1001', action: 'recording.listened', detail: '0-3' },
      { personId: 'person-1001', action: 'recording.downloaded', detail: `0-${size - 1}` },
    ]);
  });

  it('are in the audit once when a computer tells that it played what it had kept', async () => {
    const before = (await listenedBy()).length;
    const heardAt = centre.clock.now() - 60_000;
    const tell = (listeningId: string, token = alice) =>
      centre.ask('POST', '/api/recordings/c1-sound/heard', { token, payload: { listeningId, heardAt } });
    expect((await tell('first')).statusCode).toBe(200);
    expect((await tell('first')).statusCode).toBe(200);
    await tell('second');
    const detail = (id: string): string => `kept ${new Date(heardAt).toISOString()} ${id}`;
    expect((await listenedBy()).slice(before)).toEqual([
      { personId: 'person-1001', action: 'recording.listened', detail: detail('first') },
      { personId: 'person-1001', action: 'recording.listened', detail: detail('second') },
    ]);
    const none = { token: alice, payload: { listeningId: 'third', heardAt } };
    expect((await centre.ask('POST', '/api/recordings/none/heard', none)).statusCode).toBe(404);
    expect((await centre.ask('POST', '/api/recordings/..%2Fserver.db/heard', none)).statusCode).toBeGreaterThanOrEqual(
      400,
    );
  });
});

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditOf } from '../../../src-server/database/audit-table';
import type { WritableDb } from '../../../src-server/database/tables';
import { readPeaks } from '../../../src-shared/recordings/peaks';
import type { Recording } from '../../../src-shared/recordings/recording';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
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

const wav = aWav(2000);
let centre: TestCentre;
let alice: string;
let bruno: string;
let supervisor: string;
let file: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  const tokenOf = async (extension: string): Promise<string> => (await centre.signIn(extension)).accessToken;
  [alice, bruno, supervisor] = [await tokenOf('1001'), await tokenOf('1002'), await tokenOf('2001')];
  mkdirSync(join(centre.folder, 'recordings'), { recursive: true });
  file = join(centre.folder, 'recordings', 'c1-sound.wav');
  writeFileSync(file, wav);
  const finished = {
    type: 'recording-finished',
    callId: 'c1',
    recordingId: 'c1-sound',
    file: 'c1-sound.wav',
    durationMs: 2000,
  } as const;
  const events = [
    ...customerJoins('c1'),
    ...ringsAt('c1', '1002'),
    ...notAnsweredAt('c1', '1002', 'ring-no-answer'),
    ...ringsAt('c1', '1001'),
    ...answeredAt('c1', '1001'),
    ...isRecorded('c1'),
    ...hangsUp('c1', '1001'),
  ];
  centre.telephony.tell(...told(centre.clock.now(), [...events, finished]));
  await vi.waitUntil(async () => (await search(alice)).recordings[0]?.id === 'c1-sound');
});
afterEach(() => centre.close());

const ask = async <T>(method: 'GET' | 'POST' | 'PUT', token: string, url: string, payload?: object): Promise<T> =>
  (await centre.ask(method, url, { token, ...(payload !== undefined && { payload }) })).json<T>();
const search = (token: string, payload: object = {}) =>
  ask<RouteOutput<'recordings.search'>>('POST', token, '/api/recordings/search', payload);
const changes = (token: string, payload: object = {}) =>
  ask<RouteOutput<'recordings.changes'>>('POST', token, '/api/recordings/changes', payload);
const one = (token: string) => ask<RouteOutput<'recordings.one'>>('GET', token, '/api/recordings/c1-sound');
const inDatabase = async <T>(look: (db: WritableDb) => Promise<T>): Promise<T> => {
  const db = await openDatabaseOf(centre.folder);
  try {
    return await look(db);
  } finally {
    await db.destroy();
  }
};
const ids = (found: { recordings: readonly Recording[] }): string[] => found.recordings.map(({ id }) => id);

describe('the list of recordings', () => {
  it('has the ten newest, with what stands in the columns', async () => {
    const { recordings, nextCursor, totals } = await search(supervisor);
    expect([recordings.length, typeof nextCursor, totals]).toEqual([10, 'string', null]);
    expect(recordings[0]).toMatchObject({
      id: 'c1-sound',
      callId: 'c1',
      durationMs: 2000,
      type: 'inbound',
      remoteNumber: '+33199000000',
      agents: [{ personId: 'person-1001', name: 'Alice Martin', initials: 'AM', extension: '1001' }],
      account: { accountNumber: 'AC-204518', billingNumber: 'BL-77310', name: 'Horizon Énergie' },
      queueName: 'Support',
      qaScore: null,
      noteCount: 0,
    });
    const at = recordings.map(({ startedAt }) => startedAt);
    expect(at).toEqual(at.toSorted((a, b) => b - a));
  });

  it('is narrowed by every filter', async () => {
    const all = (await search(supervisor, { limit: 500 })).recordings;
    const [newest] = all;
    const found = async (filter: object): Promise<string[]> => ids(await search(supervisor, { limit: 500, ...filter }));
    const expected = (isWanted: (each: Recording) => boolean): string[] => ids({ recordings: all.filter(isWanted) });
    const isBy = (initials: string) => (each: Recording) => each.agents.some(agent => agent.initials === initials);
    expect(await found({ agentInitials: 'am' })).toEqual(expected(isBy('AM')));
    expect(await found({ station: '1001' })).toEqual(expected(isBy('AM')));
    expect(await found({ agentInitials: 'zz' })).toEqual([]);
    expect(await found({ number: '9900' })).toEqual(expected(each => each.remoteNumber.includes('9900')));
    expect(await found({ callNumber: newest?.callNumber })).toEqual(['c1-sound']);
    expect(await found({ callNumber: 999_999_999 })).toEqual([]);
    expect(await found({ minSeconds: 6 })).toEqual(expected(each => each.durationMs >= 6000));
    expect(await found({ maxSeconds: 6 })).toEqual(expected(each => each.durationMs <= 6000));
    expect(await found({ type: 'manual' })).toEqual(expected(each => each.type === 'manual'));
    expect(await found({ accountNumber: '2045', accountName: 'énergie', billingNumber: '773' })).toHaveLength(
      all.length,
    );
    expect(await found({ accountName: 'elsewhere' })).toEqual([]);
    expect(await found({ from: newest?.startedAt })).toEqual(['c1-sound']);
    expect(await found({ to: newest?.startedAt })).toHaveLength(all.length - 1);
    expect(await found({ minQaScore: 0 })).toEqual([]);
    expect(await found({ personId: 'person-1001' })).toEqual(expected(isBy('AM')));
  });

  it('adds up from ms over everything that is found', async () => {
    const all = (await search(supervisor, { limit: 500 })).recordings;
    const { totals } = await search(supervisor, { withTotals: true });
    expect(totals).toEqual({ count: all.length, durationMs: all.reduce((sum, each) => sum + each.durationMs, 0) });
    expect((await search(supervisor, { withTotals: true, agentInitials: 'zz' })).totals).toEqual({
      count: 0,
      durationMs: 0,
    });
  });

  it('comes page by page, by time or by a column', async () => {
    const all = ids(await search(supervisor, { limit: 500 })).toSorted((a, b) => a.localeCompare(b));
    for (const sortBy of [
      'startedAt',
      'durationMs',
      'remoteName',
      'agentName',
      'qaScore',
      'accountName',
      'remoteNumber',
    ]) {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: RouteOutput<'recordings.search'> = await search(supervisor, {
          sortBy,
          limit: 7,
          ...(cursor !== null && { cursor }),
        });
        found.push(...ids(page));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect([sortBy, found.toSorted((a, b) => a.localeCompare(b))]).toEqual([sortBy, all]);
    }
  });
});

describe('what is not mine', () => {
  it('is not found: recording, list, count, peaks, note, download', async () => {
    const missing = await ask('GET', bruno, '/api/recordings/none');
    expect(await one(bruno).catch(String)).toEqual(missing);
    expect(ids(await search(bruno, { limit: 500 }))).not.toContain('c1-sound');
    expect(
      (await search(bruno, { withTotals: true, number: '33199000000', from: centre.clock.now() - 1000 })).totals?.count,
    ).toBe(0);
    expect(
      ids(await search(bruno, { personId: 'person-1001', limit: 500 })).length,
      'only calls that both talked in',
    ).toBe(
      (await search(bruno, { limit: 500 })).recordings.filter(each =>
        each.agents.some(({ personId }) => personId === 'person-1001'),
      ).length,
    );
    for (const [method, url, payload] of [
      ['GET', '/api/recordings/c1-sound/peaks', undefined],
      ['GET', '/api/recordings/c1-sound/audio', undefined],
      ['PUT', '/api/recordings/c1-sound/notes/n1', { atMs: 0, text: 'mine?' }],
      ['POST', '/api/recordings/c1-sound/notes/n1/delete', {}],
      ['PUT', '/api/recordings/c1-sound/qa', { points: {} }],
    ] as const)
      expect([url, await ask(method, bruno, url, payload)]).toEqual([url, missing]);
    const asked = { recordingIds: ['c1-sound', 'none'], timeZone: 'UTC' };
    expect(await ask('POST', bruno, '/api/recordings/downloads', asked)).toEqual({
      files: [
        { kind: 'refused', recordingId: 'c1-sound', code: 'not-found' },
        { kind: 'refused', recordingId: 'none', code: 'not-found' },
      ],
    });
  });

  it.each(['..%2Fserver.db', '..%5c..%5cserver.db', '%00', 'a'.repeat(65), "x'%20OR%201=1", '%2e%2e'])(
    'nor is %s',
    async id => {
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/peaks'],
        ['GET', '/audio'],
        ['PUT', '/qa'],
      ] as const) {
        const answer = await centre.ask(method, `/api/recordings/${id}${path}`, {
          token: supervisor,
          ...(method === 'PUT' && { payload: { points: {} } }),
        });
        expect([400, 404]).toContain(answer.statusCode);
      }
    },
  );
});

describe('notes and scores', () => {
  const note = (token: string, id: string, payload: object) =>
    ask<{ code?: string }>('PUT', token, `/api/recordings/c1-sound/notes/${id}`, payload);

  it('are written, changed and deleted by who wrote them', async () => {
    expect(await note(alice, 'n1', { atMs: 1500, text: ' Ask for the meter ' })).toMatchObject({
      text: 'Ask for the meter',
      isMine: true,
      changedAt: null,
    });
    await note(supervisor, 'n2', { atMs: 500, text: 'Well said' });
    await note(alice, 'n1', { atMs: 1400, text: 'Ask for the meter number' });
    await note(alice, 'n3', { atMs: 99_000, text: 'behind the end' });
    expect((await one(alice)).notes.map(({ id, atMs, isMine }) => [id, atMs, isMine])).toEqual([
      ['n2', 500, false],
      ['n1', 1400, true],
      ['n3', 2000, true],
    ]);
    expect(await note(alice, 'n2', { atMs: 0, text: 'taken over' })).toMatchObject({ code: 'forbidden' });
    expect(await ask('POST', alice, '/api/recordings/c1-sound/notes/n2/delete', {})).toMatchObject({
      code: 'forbidden',
    });
    expect(await ask('POST', alice, '/api/recordings/c1-sound/notes/n1/delete', {})).toEqual({ done: true });
    expect(await ask('POST', alice, '/api/recordings/c1-sound/notes/n1/delete', {}), 'again').toEqual({ done: true });
    expect((await search(alice)).recordings[0]?.noteCount).toBe(2);
    for (const bad of [
      { atMs: -1, text: 'x' },
      { atMs: 0, text: ' ' },
      { atMs: 0, text: 'x'.repeat(2001) },
    ])
      expect(await note(alice, 'n4', bad)).toMatchObject({ code: 'ipc/bad-input' });
  });

  it('are given by supervisors, by every criterion, the newest holds', async () => {
    const { quality } = await ask<{ quality: { criteria: { id: string; points: number }[] } }>(
      'GET',
      supervisor,
      '/api/policy',
    );
    const score = (token: string, share: number, comment = '') =>
      ask('PUT', token, '/api/recordings/c1-sound/qa', {
        points: Object.fromEntries(quality.criteria.map(({ id, points }) => [id, Math.floor(points * share)])),
        comment,
      });
    expect(await score(alice, 1)).toMatchObject({ code: 'forbidden' });
    expect(await score(supervisor, 1)).toMatchObject({ total: 100 });
    expect(await score(supervisor, 0, 'again')).toMatchObject({
      total: 0,
      comment: 'again',
      by: { name: 'Marie Laurent' },
    });
    expect(await score(supervisor, 2)).toMatchObject({ code: 'ipc/bad-input' });
    expect(await ask('PUT', supervisor, '/api/recordings/c1-sound/qa', { points: {} })).toMatchObject({
      code: 'ipc/bad-input',
    });
    expect(await one(alice)).toMatchObject({ qa: { total: 0 }, maySetQa: false, recording: { qaScore: 0 } });
    expect((await one(supervisor)).maySetQa).toBe(true);
    expect(ids(await search(supervisor, { minQaScore: 0, maxQaScore: 0 }))).toEqual(['c1-sound']);
    expect(ids(await search(supervisor, { minQaScore: 1 }))).toEqual([]);
    expect(
      (await inDatabase(db => auditOf(db, 'c1-sound'))).filter(({ action }) => action === 'recording.scored'),
    ).toHaveLength(2);
  });
});

describe('what leaves the server', () => {
  it('has a safe name, its size and its checksum', async () => {
    const asked = { recordingIds: ['c1-sound'], timeZone: 'Europe/Paris' };
    const { files } = await ask<RouteOutput<'recordings.downloads'>>('POST', alice, '/api/recordings/downloads', asked);
    expect(files).toEqual([
      {
        kind: 'file',
        recordingId: 'c1-sound',
        fileName: expect.stringMatching(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_\+33199000000_Alice_Martin_c1-sound\.wav$/),
        sizeBytes: wav.length,
        sha256: createHash('sha256').update(wav).digest('hex'),
        etag: (await centre.ask('HEAD', '/api/recordings/c1-sound/audio', { token: alice })).headers['etag'],
      },
    ]);
  });

  it('is written down when it is a list', async () => {
    expect(
      await ask('POST', alice, '/api/exports', {
        what: 'records',
        format: 'xlsx',
        filters: { text: '5963' },
        rows: 12,
      }),
    ).toEqual({ done: true });
    expect(await inDatabase(db => auditOf(db, 'records'))).toEqual([
      {
        personId: 'person-1001',
        action: 'list.exported',
        detail: '{"format":"xlsx","rows":12,"filters":{"text":"5963"}}',
      },
    ]);
  });

  it.each<[string, string, () => void]>([
    ['missing', 'recording/missing', () => rmSync(file)],
    ['empty', 'recording/damaged', () => truncateSync(file, 0)],
    ['a head and nothing after it', 'recording/empty', () => truncateSync(file, 44)],
    ['a head and half a sample', 'recording/empty', () => truncateSync(file, 45)],
    ['half a head', 'recording/damaged', () => truncateSync(file, 30)],
    ['no WAV', 'recording/damaged', () => writeFileSync(file, Buffer.alloc(2000, 'x'))],
  ])('is refused by name when the file is %s', async (_name, code, spoil) => {
    spoil();
    for (const path of ['audio', 'peaks'])
      expect(await ask('GET', alice, `/api/recordings/c1-sound/${path}`)).toMatchObject({ code });
    expect(
      await ask('POST', alice, '/api/recordings/downloads', { recordingIds: ['c1-sound'], timeZone: 'UTC' }),
    ).toEqual({
      files: [{ kind: 'refused', recordingId: 'c1-sound', code }],
    });
  });

  it('is played as far as it goes when it was cut off, and at any length', async () => {
    truncateSync(file, 44 + 32_001);
    expect((await centre.ask('GET', '/api/recordings/c1-sound/audio', { token: alice })).rawPayload).toHaveLength(
      44 + 32_001,
    );
    const peaks = await centre.ask('GET', '/api/recordings/c1-sound/peaks?zoom=fine', { token: alice });
    expect(readPeaks(peaks.rawPayload)?.columns).toBe(10);
    truncateSync(file, 2 ** 31 + 44); // of zeros, and sparse: no header can say so much
    const end = await centre.ask('GET', '/api/recordings/c1-sound/audio', {
      token: alice,
      headers: { range: 'bytes=-4' },
    });
    expect(end.headers['content-range']).toBe(`bytes ${2 ** 31 + 40}-${2 ** 31 + 43}/${2 ** 31 + 44}`);
  });

  it('has peaks in two zooms', async () => {
    const peaks = async (zoom: string) =>
      readPeaks((await centre.ask('GET', `/api/recordings/c1-sound/peaks?zoom=${zoom}`, { token: alice })).rawPayload);
    expect(await peaks('fine')).toMatchObject({ channels: 2, columnMs: 100, columns: 20 });
    expect(await peaks('coarse')).toMatchObject({ channels: 2, columnMs: 1000, columns: 2 });
    expect(await ask('GET', alice, '/api/recordings/c1-sound/peaks?zoom=x')).toMatchObject({ code: 'ipc/bad-input' });
  });
});

describe('retention', () => {
  const keep = (days: number | null) =>
    inDatabase(db => db.updateTable('centre_policy').set({ keep_recordings_days: days }).execute());
  const isThere = () => existsSync(file);
  /** The recording ended so many days ago, and the server looks again. */
  const days = async (count: number): Promise<void> => {
    const finished_at = centre.clock.now() - count * 86_400_000;
    await inDatabase(db => db.updateTable('recordings').set({ finished_at }).where('id', '=', 'c1-sound').execute());
    centre.clock.pass(600_000);
    alice = (await centre.signIn('1001')).accessToken;
  };
  const looked = async (): Promise<void> => {
    await expect.poll(async () => (await search(alice)).recordings.length).toBeGreaterThanOrEqual(0);
  };

  it('deletes file and peaks after so many days, tells it and writes it down; the call stays', async () => {
    const start = await changes(alice);
    await centre.ask('GET', '/api/recordings/c1-sound/peaks', { token: alice });
    await days(59);
    await looked();
    expect(isThere()).toBe(true);
    await days(61);
    await expect
      .poll(async () => (await changes(alice, { cursor: start.nextCursor })).removedIds)
      .toEqual(['c1-sound']);
    expect([isThere(), existsSync(file.replace('.wav', '.peaks'))]).toEqual([false, false]);
    expect(await one(alice)).toMatchObject({ code: 'recording/deleted' });
    expect((await centre.ask('GET', '/api/recordings/c1-sound/audio', { token: alice })).statusCode).toBe(410);
    expect(ids(await search(alice))).not.toContain('c1-sound');
    const { records } = await ask<RouteOutput<'records.search'>>('POST', alice, '/api/records/search', { limit: 1 });
    expect(records[0]).toMatchObject({ callId: 'c1', recordingId: null });
    const audit = await inDatabase(db => auditOf(db, 'c1-sound'));
    expect(audit.at(-1)).toMatchObject({ personId: null, action: 'recording.deleted' });
  });

  it('waits while somebody listens', async () => {
    // More than fits between the two ends: the rest is read when somebody goes on listening.
    truncateSync(file, 60_000_000);
    const address = await centre.listen();
    const headers = { authorization: `Bearer ${alice}` };
    const answer = await fetch(`${address}/api/recordings/c1-sound/audio`, { headers });
    const reader = answer.body?.getReader();
    let heard = (await reader?.read())?.value?.length ?? 0;
    await days(61);
    await looked();
    expect(isThere()).toBe(true);
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read())
      heard += piece.value.length;
    expect(heard).toBe(60_000_000);
    await expect
      .poll(async () => {
        await days(61);
        return isThere();
      })
      .toBe(false);
  });

  it('is never, where the policy says so', async () => {
    await keep(null);
    centre.clock.pass(5000);
    await expect
      .poll(() => ask<{ recordings: object }>('GET', alice, '/api/policy'))
      .toMatchObject({ recordings: { keepDays: null } });
    await days(4000);
    await looked();
    expect(isThere()).toBe(true);
  });
});

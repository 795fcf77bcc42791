import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../src-shared/calls/call-record';
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
import { openDatabaseOf } from '../../rig/postgres';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
let bruno: string;
let supervisor: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  const tokenOf = async (extension: string): Promise<string> => (await centre.signIn(extension)).accessToken;
  [alice, bruno, supervisor] = [await tokenOf('1001'), await tokenOf('1002'), await tokenOf('2001')];
});
afterEach(() => centre.close());

const post = async <T>(token: string, url: string, payload: object = {}): Promise<T> =>
  (await centre.ask('POST', url, { token, payload })).json<T>();
const search = async (token: string, payload: object = {}): Promise<CallRecord[]> =>
  (await post<RouteOutput<'records.search'>>(token, '/api/records/search', payload)).records;
const changes = (token: string, payload: object = {}) =>
  post<RouteOutput<'records.changes'>>(token, '/api/records/changes', payload);

/** Rings at Bruno, who does not answer, then at Alice, who does. */
const happens = async (callId = 'c1'): Promise<void> => {
  const finished = {
    type: 'recording-finished',
    callId,
    recordingId: `${callId}-sound`,
    file: 'x.wav',
    durationMs: 2000,
  } as const;
  const events = [
    ...customerJoins(callId),
    ...ringsAt(callId, '1002'),
    ...notAnsweredAt(callId, '1002', 'ring-no-answer'),
    ...ringsAt(callId, '1001'),
    ...answeredAt(callId, '1001'),
    ...isRecorded(callId),
    ...hangsUp(callId, '1001'),
  ];
  centre.telephony.tell(...told(centre.clock.now(), [...events, finished]));
  await expect
    .poll(async () => (await search(alice, { limit: 1 }))[0])
    .toMatchObject({ callId, recordingId: `${callId}-sound` });
};

describe('call records', () => {
  it('tell each person their own part of a call', async () => {
    await happens();
    const [own] = await search(alice, { limit: 1 });
    expect(own).toMatchObject({
      id: 'c1.person-1001',
      type: 'inbound',
      isInternal: false,
      disposition: 'answered',
      remoteNumber: '+33199000000',
      queueName: 'Support',
      agentName: 'Alice Martin',
      extension: '1001',
      missedCause: null,
      endCause: 'completed',
      durationMs: (own?.endedAt ?? 0) - (own?.answeredAt ?? 0),
      recordingId: 'c1-sound',
    });
    const [missed] = await search(bruno, { limit: 1 });
    expect(missed).toMatchObject({
      id: 'c1.person-1002',
      disposition: 'unanswered',
      missedCause: 'ring-no-answer',
      durationMs: 0,
      recordingId: null,
    });
    const both = await search(supervisor, { limit: 2 });
    expect(both.map(({ personId }) => personId).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'person-1001',
      'person-1002',
    ]);
    expect(both[0]?.callNumber).toBe(both[1]?.callNumber);
  });

  it('are the agent’s own and nobody else’s, whatever is asked', async () => {
    for (const query of [
      {},
      { personId: 'person-1002' },
      { text: '0' },
      { disposition: 'answered' },
      { sortBy: 'agentName', from: centre.clock.now() - 3 * 86_400_000 },
    ])
      expect(new Set((await search(alice, { ...query, limit: 500 })).map(({ personId }) => personId))).toEqual(
        new Set('personId' in query ? [] : ['person-1001']),
      );
    expect(new Set((await search(supervisor, { limit: 500 })).map(({ personId }) => personId)).size).toBeGreaterThan(
      10,
    );
    expect(
      (await search(supervisor, { personId: 'person-1002', limit: 500 })).every(
        each => each.personId === 'person-1002',
      ),
    ).toBe(true);
  });

  it('of a supervisor who is in queues are those of their members', async () => {
    const db = await openDatabaseOf(centre.folder);
    await db.insertInto('queue_members').values({ queue_id: 'billing', person_id: 'person-2001' }).execute();
    await db.destroy();
    centre.clock.pass(5000); // by then the server has noticed
    const team = ['1001', '1002', '1009', '1010', '1011', '1012', '2001'].map(extension => `person-${extension}`);
    await expect
      .poll(async () =>
        (await search(supervisor, { limit: 500 })).every(({ personId, queueId }) =>
          personId === null ? queueId === 'billing' : team.includes(personId),
        ),
      )
      .toBe(true);
    expect(await search(supervisor, { personId: 'person-1005' })).toEqual([]);
  });

  it('of a call that was dialled and not answered last as long as it rang', async () => {
    const unanswered = await search(supervisor, { type: 'manual', disposition: 'unanswered', limit: 20 });
    expect(unanswered.length).toBeGreaterThan(5);
    for (const record of unanswered) {
      expect(record.durationMs).toBe(record.endedAt - record.startedAt);
      expect(record.durationMs).toBeGreaterThan(0);
    }
    const busy = await search(supervisor, { type: 'manual', disposition: 'busy', limit: 20 });
    expect(busy.every(record => record.durationMs > 0 && record.endCause === 'busy')).toBe(true);
    expect(
      (await search(supervisor, { type: 'inbound', disposition: 'unanswered' })).every(each => each.durationMs === 0),
    ).toBe(true);
  });

  it('are found by four digits of the number, page after page, each once', async () => {
    const [some] = await search(supervisor, { type: 'inbound', limit: 1 });
    const part = some?.remoteNumber.replace(/\D/g, '').slice(4, 8) ?? '';
    const found: CallRecord[] = [];
    let cursor: string | null = null;
    do {
      const page: RouteOutput<'records.search'> = await post(supervisor, '/api/records/search', {
        number: part,
        limit: 3,
        ...(cursor !== null && { cursor }),
      });
      found.push(...page.records);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(found.every(({ remoteNumber }) => remoteNumber.replace(/\D/g, '').includes(part))).toBe(true);
  });

  it('are told as they change, to those whom they concern', async () => {
    const start = await changes(alice);
    expect(start).toMatchObject({ records: [], hasMore: false, isReset: false });
    await happens();
    const next = await changes(alice, { cursor: start.nextCursor });
    expect(next).toMatchObject({ isReset: false, hasMore: false, removedIds: [] });
    expect(next.records.at(-1)).toMatchObject({ id: 'c1.person-1001', recordingId: 'c1-sound' });
    expect(next.records.every(({ personId }) => personId === 'person-1001')).toBe(true);
    expect((await changes(alice, { cursor: next.nextCursor })).records).toEqual([]);
    expect(await changes(bruno, { cursor: start.nextCursor }), 'a cursor of somebody else').toMatchObject({
      records: [],
      isReset: true,
    });
    expect(
      (await centre.ask('POST', '/api/records/changes', { token: alice, payload: { cursor: 'x' } })).statusCode,
    ).toBe(400);
  });

  it('are told a few at a time', async () => {
    const start = await changes(supervisor);
    await happens('c1');
    await happens('c2');
    const found: string[] = [];
    for (let page = start, count = 0; count < 10; count += 1) {
      page = await changes(supervisor, { cursor: page.nextCursor, limit: 1 });
      found.push(...page.records.map(({ id }) => id));
      if (!page.hasMore) break;
    }
    expect(new Set(found)).toEqual(new Set(['c1.person-1001', 'c1.person-1002', 'c2.person-1001', 'c2.person-1002']));
  });
});

describe('hidden numbers', () => {
  beforeEach(async () => {
    const db = await openDatabaseOf(centre.folder);
    await db.updateTable('centre_policy').set({ numbers: 'masked' }).execute();
    await db.destroy();
    centre.clock.pass(5000); // by then the server has noticed
    await happens();
  });

  it('never leave the server, and are not found digit by digit', async () => {
    await expect.poll(async () => (await search(alice, { limit: 1 }))[0]?.remoteNumber).toBe('+3319900••••');
    const [own] = await search(alice, { limit: 1 });
    expect(own?.isNumberHidden).toBe(true);
    expect(JSON.stringify(await search(supervisor, { limit: 500 }))).not.toContain('+33199000000');
    expect((await search(alice, { number: '3319900', from: own?.startedAt })).length).toBe(1);
    expect(await search(alice, { number: '990000', from: own?.startedAt })).toEqual([]);
  });

  it('can be called back nevertheless, one’s own only', async () => {
    const asked: [string, string][] = [];
    centre.telephony.dial = async (extension, number) => {
      asked.push([extension, number]);
      return 'new-call';
    };
    expect(await post(alice, '/api/records/c1.person-1001/call-back')).toEqual({ callId: 'new-call' });
    expect(asked).toEqual([['1001', '+33199000000']]);
    for (const id of ['c1.person-1002', 'c1.', 'none.person-1001', '..%2F..', 'x'])
      expect(await post(alice, `/api/records/${id}/call-back`)).toMatchObject({ code: 'call/unknown' });
    expect(asked).toHaveLength(1);
  });

  it('can be called back while the call still rings elsewhere, by whom it rang only', async () => {
    centre.telephony.dial = async () => 'new-call';
    const declined = [...customerJoins('c2'), ...ringsAt('c2', '1001'), ...notAnsweredAt('c2', '1001', 'declined')];
    centre.telephony.tell(...told(centre.clock.now(), declined));
    await expect.poll(() => post(alice, '/api/records/c2.person-1001/call-back')).toEqual({ callId: 'new-call' });
    expect(await post(alice, '/api/records/c2.person-1002/call-back')).toMatchObject({ code: 'call/unknown' });
    expect(await post(supervisor, '/api/records/c2.person-2001/call-back')).toMatchObject({ code: 'call/unknown' });
  });
});

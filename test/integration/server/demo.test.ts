import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRecords, openCallIds } from '../../../src-server/database/call-table';
import { allCustomers } from '../../../src-server/database/customer-table';
import { allPeople } from '../../../src-server/database/person-table';
import { allQueues } from '../../../src-server/database/queue-table';
import type { WritableDb } from '../../../src-server/database/tables';
import { demoRecordingCount } from '../../../src-server/demo/demo-recordings';
import { seedDemo } from '../../../src-server/demo/seed';
import type { RecentCall } from '../../../src-shared/server-api/rest-routes';
import { answeredAt, customerJoins, ringsAt, told } from '../../builders/a-told-call';
import { FakeClock } from '../../fakes/fake-clock';
import { openEmptyDatabase } from '../../rig/postgres';
import { demoKey, TestCentre } from './test-centre';

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

describe('the demonstration data', () => {
  let folder: string;
  let db: WritableDb;
  const seed = () =>
    seedDemo({
      db,
      clock: new FakeClock(),
      log: silent,
      recordingsFolder: folder,
      assetsFolder: join(folder, 'none'),
      passwordCost: { N: 1024, r: 8, p: 1 },
    });
  const everything = async () => {
    const ids = (await db.selectFrom('calls').select('id').orderBy('id').execute()).map(row => row.id);
    const calls = (
      await Promise.all(
        Array.from({ length: Math.ceil(ids.length / 500) }, (_, page) =>
          callRecords(db, ids.slice(page * 500, page * 500 + 500)),
        ),
      )
    ).flat();
    return { people: await allPeople(db), queues: await allQueues(db), customers: await allCustomers(db), calls };
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'demo-seed-'));
    db = await openEmptyDatabase();
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the people, queues, customers, calls and recordings that are promised', async () => {
    await seed();
    const { people, queues, customers, calls } = await everything();
    expect(people.filter(person => person.role === 'agent').map(person => person.extension)).toEqual(
      Array.from({ length: 12 }, (_, index) => String(1001 + index)),
    );
    expect(people.filter(person => person.role === 'supervisor').map(person => person.extension)).toEqual([
      '2001',
      '2002',
      '2003',
    ]);
    expect(people.filter(person => person.role === 'administrator')).toHaveLength(1);
    expect(queues.map(queue => queue.name)).toEqual(['Support', 'Sales', 'Facturation']);
    expect(customers).toHaveLength(200);
    expect(new Set(customers.map(customer => customer.language))).toEqual(new Set(['en', 'fr']));
    expect(new Set(customers.flatMap(customer => customer.numbers)).size, 'no number twice').toBe(
      customers.flatMap(customer => customer.numbers).length,
    );
    expect(calls.length).toBeGreaterThan(2500);
    expect(await openCallIds(db)).toEqual([]);
    const days =
      (Math.max(...calls.map(call => call.startedAt)) - Math.min(...calls.map(call => call.startedAt))) / 86_400_000;
    expect(days).toBeGreaterThan(86);
    const causes = new Set(calls.map(call => call.endCause));
    for (const cause of ['completed', 'caller-cancelled', 'busy', 'no-answer', 'not-found'])
      expect(causes).toContain(cause);
    expect(calls.every(call => call.legs.every(leg => leg.endedAt !== null && leg.endedAt >= leg.startedAt))).toBe(
      true,
    );
    expect(calls.filter(call => call.recordingIds.length > 0)).toHaveLength(demoRecordingCount);
    const files = readdirSync(folder).filter(file => file.endsWith('.wav'));
    expect(files).toHaveLength(demoRecordingCount);
    expect(readdirSync(folder), 'each with its shape').toEqual(
      expect.arrayContaining(files.map(file => file.replace('.wav', '.peaks'))),
    );
    const sizes = await Promise.all(files.map(async file => (await stat(join(folder, file))).size));
    expect(
      sizes.reduce((sum, size) => sum + size, 0),
      'small',
    ).toBeLessThan(12_000_000);
    expect(Math.min(...sizes)).toBeGreaterThan(16_000);
  });

  it('is not written twice', async () => {
    await seed();
    const before = await everything();
    await seed();
    expect(await everything()).toEqual(before);
    expect(readdirSync(folder).filter(file => file.endsWith('.wav'))).toHaveLength(demoRecordingCount);
  });

  it('is the same in two databases', async () => {
    await seed();
    const first = await everything();
    await db.destroy();
    db = await openEmptyDatabase();
    await seed();
    expect(await everything()).toEqual(first);
  });
});

describe('the demonstration', () => {
  let centre: TestCentre;
  beforeEach(async () => {
    centre = await TestCentre.open({ demo: { key: demoKey, isScheduled: true } });
  });
  afterEach(() => centre.close());

  const headers = { 'x-demo-key': demoKey };
  const goToWork = async (extension: string): Promise<void> => {
    const { accessToken } = await centre.signIn(extension);
    await centre.ask('PUT', '/api/agent/availability', { token: accessToken, payload: { state: 'available' } });
  };

  it('lets agents play their recordings', async () => {
    const headersSeen = new Set<string>();
    for (let extension = 1001; extension <= 1011; extension += 1) {
      const { accessToken: token } = await centre.signIn(String(extension));
      const { calls } = (await centre.ask('GET', '/api/calls/recent?limit=50', { token })).json<{
        calls: RecentCall[];
      }>();
      for (const { callId } of calls.filter(call => call.hasRecording)) {
        const { recordingId } = (await centre.ask('GET', `/api/calls/${callId}`, { token })).json<{
          recordingId: string;
        }>();
        const audio = await centre.ask('GET', `/api/recordings/${recordingId}/audio`, { token });
        expect(audio.rawPayload.readUInt32LE(40), 'length in the header').toBe(audio.rawPayload.length - 44);
        headersSeen.add(audio.rawPayload.toString('latin1', 0, 4) + audio.rawPayload.readUInt16LE(22));
      }
    }
    expect([...headersSeen]).toEqual(['RIFF2']);
  });

  it('has no customers while nobody works', async () => {
    await centre.signIn('1001');
    centre.clock.pass(300_000);
    expect(centre.telephony.callers).toEqual([]);
  });

  it('has customers every 20 to 40 s while somebody works, in queues that somebody answers', async () => {
    await goToWork('1003');
    const times: number[] = [];
    for (let second = 0; second < 300; second += 1) {
      const before = centre.telephony.callers.length;
      centre.clock.pass(1000);
      if (centre.telephony.callers.length === before) continue;
      times.push(second);
      centre.telephony.callers.at(-1)?.hangUp();
    }
    expect(times[0]).toBeLessThan(10);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(41);
    expect(new Set(centre.telephony.callers.map(caller => caller.queueId))).toEqual(new Set(['support']));
  });

  it('does not pile up customers', async () => {
    await goToWork('1003');
    centre.clock.pass(600_000);
    expect(centre.telephony.callers.length).toBe(2);
  });

  it('opens its own routes to its key alone', async () => {
    const call = { queueId: 'support', number: '+33199000000', voice: { kind: 'tone', hz: 440 } };
    for (const wrong of [{}, { 'x-demo-key': 'no' }]) {
      expect((await centre.ask('POST', '/api/demo/callers', { headers: wrong, payload: call })).statusCode).toBe(403);
      expect(
        (await centre.ask('POST', '/api/demo/schedule', { headers: wrong, payload: { isOn: true } })).statusCode,
      ).toBe(403);
    }
    expect(centre.telephony.callers).toEqual([]);
  });

  it('lets a test place, hear and end a call', async () => {
    const payload = {
      queueId: 'support',
      number: '+33199000000',
      name: 'Camille',
      voice: { kind: 'tone', hz: 440 },
      givesUpAfterMs: 900,
      whenHeld: { hangsUpAfterMs: 5 },
    };
    const { callId } = (await centre.ask('POST', '/api/demo/callers', { headers, payload })).json<{ callId: string }>();
    expect(centre.telephony.callers[0]).toMatchObject({ ...payload, hangsUpAfterMs: null });
    const url = `/api/demo/callers/${callId}`;
    expect((await centre.ask('GET', `${url}?hz=1000`, { headers })).json()).toEqual({
      state: 'waiting',
      endCause: null,
      heardRms: 1200,
      heardHz: 0.1,
    });
    expect((await centre.ask('POST', `${url}/hang-up`, { headers, payload: {} })).statusCode).toBe(200);
    expect((await centre.ask('GET', url, { headers })).json()).toMatchObject({ state: 'ended' });
    expect((await centre.ask('GET', '/api/demo/callers/none', { headers })).statusCode).toBe(404);
  });

  it('tells a test of the media of the phone that was offered the call', async () => {
    const payload = { queueId: 'support', number: '+33199000000' };
    const answer = await centre.ask('POST', '/api/demo/callers', { headers, payload });
    const { callId } = answer.json<{ callId: string }>();
    const media = async () => (await centre.ask('GET', `/api/demo/calls/${callId}/media`, { headers })).json();
    const nothing = {
      isRinging: false,
      isAnswered: false,
      packetsBeforeAnswer: 0,
      firstPacketAfterAnswerAt: null,
      keys: '',
    };
    expect(await media()).toEqual(nothing);
    centre.telephony.tell(...told(0, [...customerJoins(callId), ...ringsAt(callId, '1001')]));
    expect(await media()).toEqual({ ...nothing, isRinging: true });
    centre.telephony.statistics.set(`${callId}-1001`, { packetsBeforeAnswer: 2, firstPacketAfterAnswerAt: 5.5 });
    centre.telephony.tell(...told(0, answeredAt(callId, '1001')));
    expect(await media()).toEqual({
      ...nothing,
      isAnswered: true,
      packetsBeforeAnswer: 2,
      firstPacketAfterAnswerAt: 5.5,
    });
  });

  it('refuses a caller script that makes no sense', async () => {
    for (const payload of [
      { number: '1', queueId: 'nowhere' },
      { queueId: 'support' },
      { queueId: 'support', number: '1', voice: { kind: 'speech', file: '../x.wav' } },
    ])
      expect([400, 404]).toContain((await centre.ask('POST', '/api/demo/callers', { headers, payload })).statusCode);
    expect(centre.telephony.callers).toEqual([]);
  });

  it('can be told to leave people in peace', async () => {
    await goToWork('1003');
    expect((await centre.ask('POST', '/api/demo/schedule', { headers, payload: { isOn: false } })).json()).toEqual({
      isOn: false,
    });
    centre.clock.pass(300_000);
    expect(centre.telephony.callers).toEqual([]);
  });

  it('has no such routes without --demo-key', async () => {
    const plain = await TestCentre.open({ demo: { key: null, isScheduled: false } });
    expect((await plain.ask('POST', '/api/demo/schedule', { headers, payload: { isOn: true } })).statusCode).toBe(404);
    await plain.close();
  });
});

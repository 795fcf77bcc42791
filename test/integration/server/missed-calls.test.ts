import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentDirectory } from '../../../src-server/agents/agent-directory';
import { CallJournal } from '../../../src-server/calls/call-journal';
import { migrations } from '../../../src-server/database/migrations/index';
import { offerCounts } from '../../../src-server/database/offer-table';
import { openDatabase } from '../../../src-server/database/open-database';
import type { OfferEnd } from '../../../src-server/telephony/telephony';
import { offerOutcome } from '../../../src-shared/call/offer-outcome';
import type { JournalledCall, RecentCall } from '../../../src-shared/server-api/rest-routes';
import { runMigrations } from '../../../src-shared/sqlite/run-migrations';
import {
  answeredAt,
  customerJoins,
  hangsUp,
  offerEnds,
  ringsAt,
  told,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { FakeClock } from '../../fakes/fake-clock';
import { SeededRandom } from '../../../src-server/demo/seeded-random';
import { openEmptyDatabase } from '../../rig/postgres';
import { TestCentre } from './test-centre';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
const misses = [
  'ring-no-answer',
  'declined',
  'busy',
  'caller-left',
  'answered-elsewhere',
  'line-lost',
  'state-changed',
  'device',
  'failed',
] as const satisfies readonly OfferEnd[];
const missed = (callId: string, extension: string, cause: OfferEnd): UntimedEvent[] => [
  ...ringsAt(callId, extension),
  ...offerEnds(callId, `${callId}-${extension}`, extension, cause),
];

describe('what became of each ringing', () => {
  let centre: TestCentre;
  let alice: string;
  let bruno: string;
  beforeEach(async () => {
    centre = await TestCentre.open();
    alice = (await centre.signIn('1001')).accessToken;
    bruno = (await centre.signIn('1002')).accessToken;
  });
  afterEach(() => centre.close());

  const happens = (...parts: readonly UntimedEvent[][]): void =>
    centre.telephony.tell(...told(centre.clock.now(), parts.flat()));
  const recent = async (token: string): Promise<RecentCall | undefined> =>
    (await centre.ask('GET', '/api/calls/recent?limit=1', { token })).json<{ calls: RecentCall[] }>().calls[0];

  it.each([
    ['ring-no-answer', 'ring-no-answer'],
    ['declined', 'declined'],
    ['busy', 'system'],
    ['state-changed', 'state-changed'],
    ['device', 'device'],
    ['failed', 'system'],
  ] as const)('%s: who missed it reads %s, who took it reads nothing', async (end, cause) => {
    happens(customerJoins('c1'), missed('c1', '1001', end), ringsAt('c1', '1002'), answeredAt('c1', '1002'));
    happens(hangsUp('c1', '1002'));
    await expect.poll(() => recent(alice)).toMatchObject({ callId: 'c1', missedCause: cause });
    await expect.poll(() => recent(bruno)).toMatchObject({ callId: 'c1', missedCause: null });
    const whole = (await centre.ask('GET', '/api/calls/c1', { token: alice })).json<JournalledCall>();
    expect(whole.legs.map(({ extension, offerOutcome: outcome }) => [extension, outcome])).toEqual([
      [null, null],
      ['1001', cause],
      ['1002', 'answered'],
    ]);
  });

  it('of a phone that was gone at that moment is the line’s', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1001'));
    centre.telephony.tell({ type: 'line-signalling-lost', extension: '1001', at: centre.clock.now() });
    happens(offerEnds('c1', 'c1-1001', '1001', 'ring-no-answer'));
    centre.telephony.tell({ type: 'line-registered', extension: '1001', at: centre.clock.now() });
    await expect.poll(() => recent(alice)).toMatchObject({ missedCause: 'line-lost' });
  });

  it('is not yet said while it rings, and is the last one of several', async () => {
    happens(customerJoins('c1'), missed('c1', '1001', 'declined'));
    centre.clock.pass(10_000);
    const again = ringsAt('c1', '1001').map(event => ('legId' in event ? { ...event, legId: 'second' } : event));
    happens(again);
    await expect.poll(() => recent(alice)).toMatchObject({ missedCause: 'declined' });
    centre.clock.pass(10_000);
    happens(offerEnds('c1', 'second', '1001', 'ring-no-answer'));
    await expect.poll(() => recent(alice)).toMatchObject({ missedCause: 'ring-no-answer' });
  });

  it('that a crash cut off is the system’s', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1001'));
    await expect.poll(() => recent(alice)).toMatchObject({ missedCause: null });
    const { folder, clock } = centre;
    await centre.app.close();
    centre = await TestCentre.open({ folder, clock });
    ({ accessToken: alice } = await centre.signIn('1001'));
    expect(await recent(alice)).toMatchObject({ missedCause: 'system' });
  });
});

describe('the sum of all causes', () => {
  it('is the number of ringings, over two thousand calls', async () => {
    const db = await openEmptyDatabase();
    const clock = new FakeClock();
    const random = new SeededRandom(7);
    const journal = new CallJournal({
      db,
      directory: new AgentDirectory(),
      recordingsFolder: '/nowhere',
      clock,
      log: silent,
      isReachable: () => random.chance(0.9),
      onJournalled: () => undefined,
    });
    let offered = 0;
    for (let call = 0; call < 2_000; call += 1) {
      const callId = `c${call}`;
      const events = customerJoins(callId);
      const phones = random.between(0, 3);
      for (let phone = 0; phone < phones; phone += 1)
        events.push(...missed(callId, `${1001 + phone}`, random.pick(misses)));
      const isAnswered = random.chance(0.6);
      if (isAnswered) events.push(...ringsAt(callId, '1009'), ...answeredAt(callId, '1009'));
      // Some end while a phone still rings: nobody tells of the end.
      const isCut = random.chance(0.05);
      if (isCut) events.push(...ringsAt(callId, '1008'));
      offered += phones + (isAnswered ? 1 : 0) + (isCut ? 1 : 0);
      events.push(...hangsUp(callId, '1009'));
      for (const event of told(clock.now(), events)) journal.hear(event);
    }
    await journal.settled();
    const counts = await offerCounts(db);
    expect(new Set(counts.keys()), 'each of the nine, and none without').toEqual(new Set(offerOutcome.options));
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(offered);
    await db.destroy();
  }, 60_000);
});

describe('ringings of old', () => {
  it('are taken over from the history', async () => {
    const centre = await TestCentre.open();
    const file = join(centre.folder, 'old.db');
    const old = new SqliteDatabase(file);
    runMigrations(
      old,
      migrations.filter(({ number }) => number < 150),
    );
    old.exec(`
      INSERT INTO calls (id, direction, from_number, to_number, started_at, ended_at)
        VALUES ('c', 'inbound', '1', '8001', 1, 100), ('open', 'inbound', '1', '8001', 1, NULL);
      INSERT INTO legs (id, call_id, role, number, extension, started_at, ended_at, queue_id)
        VALUES ('a', 'c', 'agent', '1001', '1001', 10, 20, 'support'), ('b', 'c', 'agent', '1002', '1002', 20, 30, NULL),
          ('d', 'c', 'agent', '1003', '1003', 30, 40, NULL), ('e', 'open', 'agent', '1003', '1003', 30, NULL, NULL);
      INSERT INTO call_events VALUES
        ('c', 1, 10, 'offered', 'a', '{}'), ('c', 2, 19, 'offer-ended', 'a', '{"cause":"declined"}'),
        ('c', 3, 20, 'offered', 'b', '{}'), ('c', 4, 29, 'offer-ended', 'b', '{"cause":"busy"}'),
        ('c', 5, 30, 'offered', 'd', '{}'), ('open', 1, 30, 'offered', 'e', '{}');`);
    old.close();
    const db = openDatabase({ file });
    const rows = await db.selectFrom('offers').selectAll().orderBy('leg_id').execute();
    expect(rows.map(row => [row.leg_id, row.offered_at, row.ended_at, row.outcome, row.queue_id])).toEqual([
      ['a', 10, 19, 'declined', 'support'],
      ['b', 20, 29, 'system', null],
      ['d', 30, 40, 'system', null],
      ['e', 30, null, null, null],
    ]);
    await db.destroy();
    await centre.close();
  });
});

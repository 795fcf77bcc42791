import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missedCauses } from '../../../src-shared/call/offer-outcome';
import {
  type Figure,
  figureDefinitions,
  type FigureId,
  figureIds,
  findFigure,
  type Period,
  periods,
} from '../../../src-shared/statistics/definitions';
import { periodBounds } from '../../../src-shared/statistics/period-bounds';
import { FinishedCallBuilder } from '../../../src-server/demo/finished-call-builder';
import { SeededRandom } from '../../../src-server/demo/seeded-random';
import { type FinishedCalls, insertFinishedCalls } from '../../../src-server/database/call-history-table';
import { allPeople, type Person } from '../../../src-server/database/person-table';
import type { OfferEnd } from '../../../src-server/telephony/telephony';
import { openDatabaseOf } from '../../rig/postgres';
import { TestCentre } from './test-centre';

const offerEnds: readonly OfferEnd[] = [
  'answered',
  'answered',
  'answered',
  'ring-no-answer',
  'declined',
  'busy',
  'caller-left',
  'answered-elsewhere',
  'line-lost',
  'state-changed',
  'device',
  'failed',
];
const count = 10_000;
const zone = 'Europe/Paris';
let centre: TestCentre;
let token: string;
let inPeriod: Readonly<Record<Period, number>>;

/** Every kind of call there is, from sixty days ago until now: offered once or again and again, held, given up, dialled, internal. */
function syntheticCalls(me: Person, other: Person, now: number): FinishedCalls {
  const random = new SeededRandom(4711);
  const made: FinishedCalls = { calls: [], legs: [], offers: [], events: [] };
  const customer = { number: '+33199000000', name: null };
  const myself = { number: me.extension, name: me.displayName };
  for (let n = 0; n < count; n += 1) {
    const at = now - 3_600_000 - Math.floor(random.next() * random.next() * 90 * 86_400_000);
    const kind = random.weighted({ inbound: 70, outbound: 20, internal: 10 });
    const [from, to] = kind === 'inbound' ? [customer, { number: '8001', name: 'Support' }] : [myself, customer];
    const call = new FinishedCallBuilder(made, random, { direction: kind, from, to, at });
    const theirs = call.startLeg(kind === 'internal' ? 'agent' : 'customer', customer.number, null);
    if (kind !== 'inbound') {
      const mine = call.startLeg('agent', me.extension, me);
      if (random.chance(0.7)) {
        call.answer(theirs);
        call.answer(mine);
        call.talk(mine, random.between(1_000, 400_000), random.chance(0.2));
      }
      call.end('completed');
      continue;
    }
    call.joinQueue('support');
    for (let offers = random.between(1, 3); offers > 0; offers -= 1) {
      const who = random.chance(0.8) ? me : other;
      const leg = call.offer(who, 'support', random.between(500, 20_000), random.pick(offerEnds));
      if (leg.answered_at === null) continue;
      call.answer(theirs);
      call.talk(leg, random.between(1_000, 400_000), random.chance(0.3));
      break;
    }
    call.end('completed');
  }
  return made;
}

beforeAll(async () => {
  centre = await TestCentre.open();
  const database = await openDatabaseOf(centre.folder);
  const people = await allPeople(database);
  const [me, other] = ['1009', '1010'].map(extension => people.find(person => person.extension === extension));
  if (me === undefined || other === undefined) throw new Error('nobody at 1009 or 1010');
  const made = syntheticCalls(me, other, centre.clock.now());
  await database.transaction().execute(db => insertFinishedCalls(db, made, []));
  await database.destroy();
  const within = (period: Period): number => {
    const { from, until } = periodBounds(period, centre.clock.now(), zone);
    return made.calls.filter(call => call.started_at >= from && call.started_at < until).length;
  };
  inPeriod = { today: within('today'), yesterday: within('yesterday'), month: within('month') };
  token = (await centre.signIn('1009')).accessToken;
}, 60_000);
afterAll(() => centre.close());

const ask = <T>(path: string): Promise<T> => centre.ask('GET', path, { token }).then(answer => answer.json<T>());
const mine = async (): Promise<readonly Figure[]> =>
  (await ask<{ figures: Figure[] }>(`/api/statistics/mine?timeZone=${encodeURIComponent(zone)}`)).figures;

async function opened(id: FigureId, period: Period): Promise<{ ids: string[]; figure: Figure }> {
  const ids: string[] = [];
  let cursor = '';
  for (;;) {
    const page: { figure: Figure; calls: { callId: string }[]; nextCursor: string | null } = await ask(
      `/api/statistics/mine/calls?figure=${id}&period=${period}&timeZone=${encodeURIComponent(zone)}${cursor}`,
    );
    ids.push(...page.calls.map(({ callId }) => callId));
    if (page.nextCursor === null) return { ids, figure: page.figure };
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

const sameCalls = (one: FigureId, other: FigureId): boolean =>
  JSON.stringify(figureDefinitions[one].calls) === JSON.stringify(figureDefinitions[other].calls);

describe('ten thousand calls', () => {
  it('are many in every period', () => {
    expect(Math.min(...Object.values(inPeriod))).toBeGreaterThan(50);
    expect(inPeriod.month).toBeGreaterThan(2_000);
  });

  it.each(periods)(
    'every figure of %s is the number of the calls it opens, each once',
    async period => {
      const all = await mine();
      // A month is long: of figures that look at the same calls one is opened there.
      const isFirstOfItsCalls = (id: FigureId): boolean => figureIds.find(other => sameCalls(other, id)) === id;
      for (const id of period === 'month' ? figureIds.filter(isFirstOfItsCalls) : figureIds) {
        const figure = findFigure(all, id, period);
        const { ids, figure: told } = await opened(id, period);
        const expected = figureDefinitions[id].unit === 'calls' ? figure?.value : figure?.of;
        expect([id, ids.length, new Set(ids).size, told]).toEqual([id, expected, expected, figure]);
      }
    },
    120_000,
  );

  it.each(periods)('the identities of %s hold', async period => {
    const all = await mine();
    const value = (id: FigureId): number => findFigure(all, id, period)?.value ?? Number.NaN;
    const sum = (ids: readonly FigureId[]): number => ids.reduce((total, id) => total + value(id), 0);
    expect(value('answered') + value('not-answered')).toBe(value('offered'));
    expect(sum(missedCauses.map(cause => `missed.${cause}` as const))).toBe(value('not-answered'));
    expect(sum(['calls.inbound', 'calls.outbound', 'calls.internal'])).toBe(value('calls'));
    expect(value('average-call') * value('calls')).toBeCloseTo(value('talk') + value('hold'), 3);
    expect(value('answered')).toBe(findFigure(all, 'average-ring', period)?.of);
  });
});

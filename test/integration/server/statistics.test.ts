import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Figure,
  type FigureId,
  figureDefinitions,
  figureIds,
  type Period,
  periods,
} from '../../../src-shared/statistics/definitions';
import { missedCauses } from '../../../src-shared/call/offer-outcome';
import type { RecentCall } from '../../../src-shared/server-api/rest-routes';
import { answeredAt, customerJoins, hangsUp, offerEnds, ringsAt, told } from '../../builders/a-told-call';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  alice = (await centre.signIn('1001')).accessToken;
});
afterEach(() => centre.close());

const zone = 'timeZone=Europe%2FParis';
const figures = async (): Promise<Figure[]> =>
  (await centre.ask('GET', `/api/statistics/mine?${zone}`, { token: alice })).json<{ figures: Figure[] }>().figures;
const find = (all: readonly Figure[], id: FigureId, period: Period): Figure | undefined =>
  all.find(figure => figure.id === id && figure.period === period);
const behind = async (figure: FigureId, period: Period): Promise<RecentCall[]> => {
  const calls: RecentCall[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const url = `/api/statistics/mine/calls?figure=${figure}&period=${period}&${zone}${more}`;
    const page: { calls: RecentCall[]; nextCursor: string | null } = (
      await centre.ask('GET', url, { token: alice })
    ).json();
    calls.push(...page.calls);
    cursor = page.nextCursor;
  }
  return calls;
};

describe('my figures', () => {
  it('are the calls that they open, over the months of the demonstration', async () => {
    const all = await figures();
    expect(find(all, 'offered', 'month')?.value).toBeGreaterThan(20);
    for (const id of figureIds)
      for (const period of periods) {
        const { unit } = figureDefinitions[id];
        const figure = find(all, id, period);
        const ids = (await behind(id, period)).map(({ callId }) => callId);
        expect([id, period, new Set(ids).size, ids.length]).toEqual([
          id,
          period,
          ids.length,
          unit === 'calls' ? figure?.value : figure?.of,
        ]);
      }
  }, 60_000);

  it('add up: causes to what was not answered, answered and not to what was offered', async () => {
    const all = await figures();
    for (const period of periods) {
      const value = (id: FigureId): number => find(all, id, period)?.value ?? Number.NaN;
      const causes = missedCauses.map(cause => value(`missed.${cause}`)).reduce((sum, each) => sum + each, 0);
      expect([period, causes, value('answered') + value('not-answered')]).toEqual([
        period,
        value('not-answered'),
        value('offered'),
      ]);
      expect(value('calls.inbound') + value('calls.outbound') + value('calls.internal')).toBe(value('calls'));
    }
  });

  it('count a call once, by what became of it, with its true times', async () => {
    await centre.wrapUpIs({ mode: 'automatic', seconds: 30 });
    await centre.ask('PUT', '/api/agent/availability', { token: alice, payload: { state: 'available' } });
    const before = await figures();
    const declined = [...ringsAt('c1', '1001'), ...offerEnds('c1', 'c1-1001', '1001', 'declined')];
    const again = [...ringsAt('c1', '1001'), ...answeredAt('c1', '1001'), ...hangsUp('c1', '1001')].map(event =>
      'legId' in event && event.legId === 'c1-1001' ? { ...event, legId: 'again' } : event,
    );
    const events = told(centre.clock.now(), [...customerJoins('c1'), ...declined, ...again]);
    const times = new Map(events.map(event => [`${event.type} ${'legId' in event ? event.legId : ''}`, event.at]));
    centre.telephony.tell(...events);
    centre.clock.pass(30_000);
    await expect.poll(async () => find(await figures(), 'wrap-up', 'today')?.value).toBeGreaterThanOrEqual(30_000);
    const after = await figures();
    const rise = (id: FigureId): number =>
      (find(after, id, 'today')?.value ?? 0) - (find(before, id, 'today')?.value ?? 0);
    expect([rise('offered'), rise('answered'), rise('missed.declined'), rise('calls')]).toEqual([1, 1, 0, 1]);
    expect(rise('talk')).toBe((times.get('leg-ended again') ?? 0) - (times.get('leg-answered again') ?? 0));
    expect(rise('wrap-up')).toBe(30_000);
  });

  it('refuse what is no time zone, no figure and no cursor', async () => {
    for (const query of [
      'timeZone=Moon',
      `${zone}&figure=x&period=today`,
      `figure=calls&period=today&${zone}&cursor=x`,
    ])
      expect((await centre.ask('GET', `/api/statistics/mine/calls?${query}`, { token: alice })).statusCode).toBe(400);
  });
});

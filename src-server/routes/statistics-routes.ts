import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import { type Figure, type Period, periods } from '../../src-shared/statistics/definitions';
import { periodBounds } from '../../src-shared/statistics/period-bounds';
import { recentCallOf } from '../calls/call-views';
import { shownRecentCall } from '../calls/shown-calls';
import { callRecords } from '../database/call-table';
import { offeredCalls, talkedCalls } from '../database/statistics-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import { callsOf, figureOf, figuresOf, type PeriodCalls } from '../statistics/figures';
import type { RouteAnswers } from './answer-routes';

type Answers = Pick<RouteAnswers, 'statistics.mine' | 'statistics.calls'>;

const pageSize = 100;

/** Where the next page begins: behind this call. */
function placeOf(cursor: string | undefined): { at: number; callId: string } {
  if (cursor === undefined) return { at: Infinity, callId: '' };
  const [, at, callId] = /^(\d{1,16})\.(.{1,64})$/.exec(cursor) ?? [];
  if (at === undefined || callId === undefined) throw new AppError('ipc/bad-input', 'no cursor of ours');
  return { at: Number(at), callId };
}

export interface StatisticsRouteParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly policyDesk: PolicyDesk;
}

/** One's own figures, and the calls behind them. */
export function statisticsRoutes({ db, clock, policyDesk }: StatisticsRouteParts): Answers {
  const callsIn = async (personId: string, period: Period, timeZone: string): Promise<PeriodCalls> => {
    const now = clock.now();
    const asked = { personId, now, ...periodBounds(period, now, timeZone) };
    return { offered: await offeredCalls(db, asked), talked: await talkedCalls(db, asked) };
  };
  return {
    'statistics.mine': async ({ timeZone }, context) => {
      const { person } = context.signedIn();
      const figures: Figure[] = [];
      for (const period of periods) figures.push(...figuresOf(period, await callsIn(person.id, period, timeZone)));
      return { figures };
    },
    'statistics.calls': async ({ figure, period, timeZone, cursor }, context) => {
      const { person } = context.signedIn();
      const place = placeOf(cursor);
      const all = await callsIn(person.id, period, timeZone);
      const page = [...callsOf(figure, all)]
        .filter(({ at, callId }) => at < place.at || (at === place.at && callId < place.callId))
        .sort((a, b) => b.at - a.at || (a.callId < b.callId ? 1 : -1))
        .slice(0, pageSize + 1);
      const shown = page.slice(0, pageSize);
      const last = page.length > pageSize ? shown.at(-1) : undefined;
      const records = new Map(
        (
          await callRecords(
            db,
            shown.map(({ callId }) => callId),
          )
        ).map(record => [record.id, record]),
      );
      return {
        figure: figureOf(figure, period, all),
        calls: shown.flatMap(({ callId }) => {
          const record = records.get(callId);
          return record === undefined
            ? []
            : [shownRecentCall(recentCallOf(record, person.id), policyDesk.policy.numbers)];
        }),
        nextCursor: last === undefined ? null : `${last.at}.${last.callId}`,
      };
    },
  };
}

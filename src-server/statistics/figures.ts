import {
  type Figure,
  type FigureId,
  figureDefinitions,
  figureIds,
  type Period,
} from '../../src-shared/statistics/definitions';
import type { OfferedCall, TalkedCall } from '../database/statistics-table';

/** All calls of one person in one period. */
export interface PeriodCalls {
  readonly offered: readonly OfferedCall[];
  readonly talked: readonly TalkedCall[];
}
type CountedCall = OfferedCall | TalkedCall;

/** The calls that a figure counts: what it opens, and what its value is made of. Pure. */
export function callsOf(id: FigureId, { offered, talked }: PeriodCalls): readonly CountedCall[] {
  const { calls } = figureDefinitions[id];
  switch (calls.of) {
    case 'offered':
      return offered.filter(({ outcome }) => calls.outcomes.includes(outcome));
    case 'talked':
      return talked.filter(({ direction }) => calls.directions.includes(direction));
    case 'handled':
      return talked.filter(({ isHandled }) => isHandled === 1);
  }
}

/** What a call adds; what it has not is nothing. */
function addendOf(call: CountedCall, sum: (typeof figureDefinitions)[FigureId]['sums'][number]): number {
  if (sum === 'ring') return 'ring' in call ? call.ring : 0;
  if (!('talk' in call)) return 0;
  return sum === 'wrap-up' ? call.wrapUp : call[sum];
}

export function figureOf(id: FigureId, period: Period, all: PeriodCalls): Figure {
  const { unit, sums, partOf } = figureDefinitions[id];
  const counted = callsOf(id, all);
  if (unit === 'calls')
    return { id, period, value: counted.length, of: partOf === null ? null : callsOf(partOf, all).length };
  let total = 0;
  for (const call of counted) for (const sum of sums) total += addendOf(call, sum);
  const average = counted.length === 0 ? null : total / counted.length;
  return { id, period, value: unit === 'time' ? total : average, of: counted.length };
}

export const figuresOf = (period: Period, all: PeriodCalls): Figure[] => figureIds.map(id => figureOf(id, period, all));

import { figureIds, periods } from '../../src-shared/statistics/definitions';
import type { RouteAnswers } from './answer-routes';

type Answers = Pick<RouteAnswers, 'statistics.mine' | 'statistics.calls'>;

export function statisticsRoutes(): Answers {
  return {
    'statistics.mine': async () => ({
      figures: figureIds.flatMap(id => periods.map(period => ({ id, period, value: 0, of: null }))),
    }),
    'statistics.calls': async () => ({ calls: [], nextCursor: null }),
  };
}

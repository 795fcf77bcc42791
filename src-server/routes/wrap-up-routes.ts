import { AppError } from '../../src-shared/errors/app-error';
import type { RouteAnswers } from './answer-routes';

type Answers = Pick<RouteAnswers, 'wrap-up.extend' | 'calls.outcome'>;

export function wrapUpRoutes(): Answers {
  return {
    'wrap-up.extend': async () => {
      throw new AppError('wrap-up/over', 'there is no work after a call');
    },
    'calls.outcome': async () => {
      throw new AppError('call/unknown');
    },
  };
}

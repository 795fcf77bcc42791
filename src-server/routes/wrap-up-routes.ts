import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { CallJournal } from '../calls/call-journal';
import { dispositionText, insertOutcome, talkedIn } from '../database/call-outcome-table';
import type { WritableDb } from '../database/tables';
import type { WrapUpDesk } from '../wrap-up/wrap-up-desk';
import type { RouteAnswers } from './answer-routes';

export interface WrapUpRouteParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly journal: CallJournal;
  readonly wrapUpDesk: WrapUpDesk;
}
type Answers = Pick<RouteAnswers, 'wrap-up.extend' | 'calls.outcome'>;

/** What is written down after a call, by who talked in it. */
export function wrapUpRoutes({ db, clock, journal, wrapUpDesk }: WrapUpRouteParts): Answers {
  return {
    'wrap-up.extend': async (_input, context) => wrapUpDesk.extend(context.signedIn().person.id),
    'calls.outcome': async (outcome, context) => {
      const { person } = context.signedIn();
      await journal.settled(); // the call may have ended just now
      const talked = await talkedIn(db, outcome.callId, person.id);
      if (talked === null) throw new AppError('call/unknown');
      const { dispositionId } = outcome;
      const text =
        dispositionId === null || talked.queueId === null
          ? null
          : await dispositionText(db, talked.queueId, dispositionId);
      if (dispositionId !== null && text === null)
        throw new AppError('ipc/bad-input', 'the queue never had this disposition');
      await insertOutcome(db, { outcome, personId: person.id, text, at: clock.now() });
      await wrapUpDesk.done(person, outcome.callId);
      return { done: true };
    },
  };
}

import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import { appendAudit } from '../database/audit-table';
import type { Person } from '../database/person-table';
import type { WritableDb } from '../database/tables';
import type { CallControl } from '../telephony/telephony';
import type { RouteAnswers, RouteContext } from './answer-routes';

export interface QueueRouteParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly telephony: Pick<CallControl, 'waitingCallers' | 'moveWaitingCaller'>;
}

/** Who waits, and in which order: seen and changed by supervisors and administrators. */
export function queueRoutes(parts: QueueRouteParts): Pick<RouteAnswers, 'queues.waiting' | 'queues.move'> {
  const { db, clock, telephony } = parts;
  const supervisor = (context: RouteContext): Person => {
    const { person } = context.signedIn();
    if (person.role === 'agent') throw new AppError('forbidden', 'for supervisors and administrators');
    return person;
  };
  return {
    'queues.waiting': async ({ queueId }, context) => {
      supervisor(context);
      return { callers: [...(await telephony.waitingCallers(queueId))] };
    },
    'queues.move': async ({ queueId, callId, position, reason }, context) => {
      const person = supervisor(context);
      const callers = await telephony.moveWaitingCaller(queueId, callId, position);
      await appendAudit(db, {
        at: clock.now(),
        personId: person.id,
        action: 'queue.caller-moved',
        subject: callId,
        detail: JSON.stringify({ queueId, position, reason }),
        remoteAddress: context.remoteAddress,
      });
      return { callers: [...callers] };
    },
  };
}

import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import { type AuditEntry, appendAudit } from '../database/audit-table';
import type { Person } from '../database/person-table';
import type { WritableDb } from '../database/tables';
import type { LiveDestinations } from '../destinations/live-destinations';
import type { PolicyDesk } from '../policy/policy-desk';
import type { LiveQueues } from '../queues/live-queues';
import type { QueueMoves } from '../queues/queue-moves';
import type { CallControl, WaitingCaller } from '../telephony/telephony';
import type { RouteAnswers, RouteContext } from './answer-routes';

export interface QueueRouteParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly telephony: Pick<CallControl, 'waitingCallers'>;
  readonly policyDesk: PolicyDesk;
  readonly liveQueues: LiveQueues;
  readonly queueMoves: QueueMoves;
  readonly liveDestinations: LiveDestinations;
}
type Answers = Pick<RouteAnswers, 'queues.waiting' | 'queues.move' | 'queues.undo' | 'destinations'>;

/** Who waits, and in which order. Who may change it is the policy's to say; an agent's queues are their own only. */
export function queueRoutes(parts: QueueRouteParts): Answers {
  const { db, clock, telephony, policyDesk, liveQueues, queueMoves, liveDestinations } = parts;
  const mover = (queueId: string, context: RouteContext): Person => {
    const { person } = context.signedIn();
    const isAllowed =
      policyDesk.policy.reorder.roles.includes(person.role) &&
      (person.role !== 'agent' || liveQueues.queueIdsFor(person).includes(queueId));
    if (!isAllowed) throw new AppError('forbidden', 'may not change the order of this queue');
    return person;
  };
  const shown = (order: readonly WaitingCaller[]) => ({
    callers: order.map(caller => ({ ...caller, number: liveQueues.shownNumber(caller.number) })),
  });
  const writeDown = (
    entry: Pick<AuditEntry, 'action' | 'subject' | 'personId'>,
    detail: object,
    { remoteAddress }: RouteContext,
  ): Promise<void> => appendAudit(db, { ...entry, at: clock.now(), detail: JSON.stringify(detail), remoteAddress });
  return {
    destinations: async (_input, context) => ({
      destinations: liveDestinations.listFor(context.signedIn().person),
    }),
    'queues.waiting': async ({ queueId }, context) => {
      if (context.signedIn().person.role === 'agent')
        throw new AppError('forbidden', 'for supervisors and administrators');
      return shown(await telephony.waitingCallers(queueId));
    },
    'queues.move': async ({ queueId, callId, position, reason, moveId }, context) => {
      const person = mover(queueId, context);
      const { order, isNew } = await queueMoves.move({ queueId, callId, position, moveId }, person);
      const entry = { action: 'queue.caller-moved', subject: callId, personId: person.id } as const;
      if (isNew) await writeDown(entry, { queueId, position, reason }, context);
      return shown(order);
    },
    'queues.undo': async ({ queueId, moveId }, context) => {
      const person = mover(queueId, context);
      const { order, callId } = await queueMoves.undo(queueId, moveId);
      await writeDown(
        { action: 'queue.move-undone', subject: callId, personId: person.id },
        { queueId, moveId },
        context,
      );
      return shown(order);
    },
  };
}

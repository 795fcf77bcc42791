import type { AgentDesk } from '../agents/agent-desk';
import { customerNameOf } from '../database/customer-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import { LiveQueues, type LiveQueuesParts } from './live-queues';
import { QueueMoves, type QueueMovesParts } from './queue-moves';

export type QueueParts = Pick<LiveQueuesParts, 'directory' | 'runningCalls' | 'clock' | 'log' | 'publish'> & {
  readonly db: WritableDb;
  readonly telephony: QueueMovesParts['telephony'];
  readonly policyDesk: PolicyDesk;
  readonly agentDesk: () => AgentDesk;
};

/** Who waits where as everybody is told it, and what may be done about it. */
export function createQueues(parts: QueueParts): { liveQueues: LiveQueues; queueMoves: QueueMoves } {
  const { db, policyDesk, agentDesk } = parts;
  const liveQueues: LiveQueues = new LiveQueues({
    ...parts,
    numbers: () => policyDesk.policy.numbers,
    statusOf: personId => agentDesk().statusOf(personId),
    isReachable: person => agentDesk().isReachable(person),
    customerNameOf: number => customerNameOf(db, number),
    undoOf: queueId => queueMoves.undoOf(queueId),
  });
  const queueMoves: QueueMoves = new QueueMoves({
    ...parts,
    limits: () => policyDesk.policy.reorder,
    lines: liveQueues.lines,
    onChanged: queueId => liveQueues.mark(queueId),
  });
  return { liveQueues, queueMoves };
}

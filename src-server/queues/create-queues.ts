import type { AgentDesk } from '../agents/agent-desk';
import { customerNameOf } from '../database/customer-table';
import type { Person } from '../database/person-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import { LiveDestinations } from '../destinations/live-destinations';
import { LiveChannels, type LiveChannelsParts } from './live-channels';
import { LiveQueues, type LiveQueuesParts } from './live-queues';
import { QueueMoves, type QueueMovesParts } from './queue-moves';

export type QueueParts = Pick<LiveQueuesParts, 'directory' | 'runningCalls' | 'clock' | 'log' | 'publish'> &
  Pick<LiveChannelsParts, 'configuredChannels'> & {
    readonly db: WritableDb;
    readonly telephony: QueueMovesParts['telephony'];
    readonly policyDesk: PolicyDesk;
    readonly agentDesk: () => AgentDesk;
  };

/** Who waits where and where calls can go, as everybody is told it, and what may be done about it. */
export function createQueues(parts: QueueParts): {
  liveQueues: LiveQueues;
  queueMoves: QueueMoves;
  liveDestinations: LiveDestinations;
  liveChannels: LiveChannels;
} {
  const { db, policyDesk, agentDesk } = parts;
  const states = {
    statusOf: (personId: string) => agentDesk().statusOf(personId),
    isReachable: (person: Person) => agentDesk().isReachable(person),
  };
  const liveQueues: LiveQueues = new LiveQueues({
    ...parts,
    ...states,
    numbers: () => policyDesk.policy.numbers,
    customerNameOf: number => customerNameOf(db, number),
    undoOf: queueId => queueMoves.undoOf(queueId),
  });
  const queueMoves: QueueMoves = new QueueMoves({
    ...parts,
    limits: () => policyDesk.policy.reorder,
    lines: liveQueues.lines,
    onChanged: queueId => liveQueues.mark(queueId),
  });
  const waitingIn = (queueId: string): number => liveQueues.lines.of(queueId).length;
  const liveDestinations = new LiveDestinations({ ...parts, ...states, waitingIn });
  const isSignedIn = (personId: string): boolean => states.statusOf(personId).state !== 'signed-out';
  const liveChannels = new LiveChannels({ ...parts, isSignedIn });
  return { liveQueues, queueMoves, liveDestinations, liveChannels };
}

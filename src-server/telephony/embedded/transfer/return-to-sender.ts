import { Offer, type ReturnedTransfer } from '../call/offer';
import type { CentralCall } from '../call/central-call';
import type { Leg } from '../legs/leg';
import type { QueueDefinition } from '../../telephony';
import type { TransferContext } from './transfer-context';

interface ReturningParts {
  readonly call: CentralCall;
  readonly other: Leg;
  /** Extension of the agent who transferred. */
  readonly sender: string;
  readonly returned: ReturnedTransfer;
}

/** No customer is ever lost: rings the sender again, and when nobody answers there, it is the next in its queue. */
export function returnToSender(parts: ReturningParts, context: TransferContext): void {
  const { call, other, sender, returned } = parts;
  const { lines, offerContext, sounds } = context;
  other.treatment ??= sounds.musicOnHold();
  const binding = lines.reachable(sender);
  if (binding === null) {
    goToQueue(parts, context, null);
    return;
  }
  const ringTimeoutMs = offerContext.timing.returnRingMs;
  const target = { binding, from: call.identityOf(other), ringTimeoutMs, returned };
  const offer = new Offer(call, target, offerContext, (cause, { leg }) => {
    if (cause === 'answered') {
      other.treatment = null;
      call.join(leg);
      call.recordIfWanted();
    } else if (cause !== 'caller-left') goToQueue(parts, context, sender);
  });
  offer.start();
}

/** @param refusedBy who did not take it back, and is not asked again at once */
function goToQueue(
  { call, other, sender, returned }: ReturningParts,
  context: Pick<TransferContext, 'directory' | 'distributor'>,
  refusedBy: string | null,
): void {
  const queue = queueFor(call.queueId, sender, context.directory.queues());
  if (queue === null) call.end('unreachable');
  else context.distributor.joinAtHead(call, other, { queue, returned, refusedBy });
}

/** The phone of the agent was lost with whom a customer talked. @returns false when no queue takes the customer */
export function backToQueue(
  call: CentralCall,
  other: Leg,
  agent: string,
  context: Pick<TransferContext, 'directory' | 'distributor'>,
): boolean {
  if (queueFor(call.queueId, agent, context.directory.queues()) === null) return false;
  const returned = { transferId: null, outcome: 'line-lost', to: agent } as const;
  goToQueue({ call, other, sender: agent, returned }, context, null);
  return true;
}

/** Where the call came from; one that never waited goes to a queue of who transferred it. */
const queueFor = (queueId: string | null, sender: string, queues: readonly QueueDefinition[]): QueueDefinition | null =>
  queues.find(({ id }) => id === queueId) ??
  queues.find(({ memberExtensions }) => memberExtensions.includes(sender)) ??
  null;

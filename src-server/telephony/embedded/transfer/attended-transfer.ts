import { randomUUID } from 'node:crypto';
import type { CallTable } from '../call/call-table';
import type { CentralCall } from '../call/central-call';
import type { Leg } from '../legs/leg';
import type { TransferOrder } from './referral';
import { returnToSender } from './return-to-sender';
import type { TransferContext } from './transfer-context';

/** One end of what the sender joins: a call, the sender's leg in it, and with whom it talks. */
export interface TransferredSide {
  readonly call: CentralCall;
  readonly own: Leg;
  readonly other: Leg;
}

/** The side whose call goes on: the one with the customer, else the older one, whichever dialog the REFER came on. */
export function inOrder(
  [one, two]: readonly [TransferredSide, TransferredSide],
  calls: CallTable,
): readonly [kept: TransferredSide, consult: TransferredSide] {
  const isOlder = calls.all.indexOf(one.call) < calls.all.indexOf(two.call);
  const isFirst = one.call.hasCustomer === two.call.hasCustomer ? isOlder : one.call.hasCustomer;
  return isFirst ? [one, two] : [two, one];
}

/** Joins the two with whom the sender talks (RFC 5589 section 7). Nothing in it can fail half-way. */
export function joinSides(
  [kept, consult]: readonly [TransferredSide, TransferredSide],
  referral: TransferOrder,
  context: TransferContext,
): void {
  const { clock, events, timing } = context.offerContext;
  const transferId = randomUUID();
  const { call } = kept;
  const consulted = consult.call.infoOf(consult.other);
  if (consulted === null) {
    referral.refuse(403);
    return;
  }
  referral.accept();
  events.tell({
    type: 'transfer-started',
    callId: call.id,
    transferId,
    kind: 'attended',
    legId: kept.own.id,
    extension: referral.sender.extension,
    to: { number: consulted.number },
    consultCallId: consult.call.id,
  });
  consult.call.release(consult.other);
  referral.notify(200);
  call.adopt(consult.other, consulted);
  call.part(kept.own);
  call.join(consult.other);
  consult.call.end('transferred');
  call.recordIfWanted();
  events.tell({ type: 'transfer-ended', callId: call.id, transferId, outcome: 'completed' });
  const sender = referral.sender.extension;
  const returned = { transferId, outcome: 'rejected', to: consulted.number } as const;
  const isSettled = call.handOver(consult.other, () => {
    returnToSender({ call, other: kept.other, sender, returned }, context);
  });
  call.onEnding(clock.after(timing.handOverMs, isSettled));
}

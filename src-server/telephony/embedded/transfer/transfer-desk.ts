import type { CallTable } from '../call/call-table';
import type { PhoneLegs } from '../legs/phone-legs';
import type { DialogName, SipLeg } from '../legs/sip-leg';
import type { IncomingReferRequest } from '../transport/sip-core';
import { inOrder, joinSides, type TransferredSide } from './attended-transfer';
import { BlindTransfer } from './blind-transfer';
import { readReferTo } from './refer-target';
import { OrderedTransfer, Referral } from './referral';
import type { TransferContext } from './transfer-context';

interface TransferDeskContext extends TransferContext {
  readonly calls: CallTable;
  readonly phoneLegs: PhoneLegs;
}

/** Takes every REFER: what cannot be done is refused and changes nothing. */
export class TransferDesk {
  constructor(private readonly context: TransferDeskContext) {}

  receive(leg: SipLeg, request: IncomingReferRequest): void {
    const referral = new Referral(leg, request);
    const target = readReferTo(request.message);
    const side = this.sideOf(leg);
    if (target === null) referral.refuse(400);
    else if (side === null) referral.refuse(403);
    else if (target.replaces !== null) this.attend(side, target.replaces, referral);
    else if (target.number === leg.extension) referral.decline(486);
    else
      new BlindTransfer({ call: side.call, other: side.other, referral, number: target.number }, this.context).start();
  }

  /** @throws AppError `call/not-allowed` */
  order(leg: SipLeg, number: string): void {
    const referral = new OrderedTransfer(leg);
    const side = this.sideOf(leg);
    if (side === null || number === leg.extension) referral.refuse();
    else new BlindTransfer({ call: side.call, other: side.other, referral, number }, this.context).start();
  }

  private attend(side: TransferredSide, dialog: DialogName, referral: Referral): void {
    const { calls, phoneLegs } = this.context;
    const consultLeg = phoneLegs.withDialog(referral.sender.extension, dialog);
    const consult = consultLeg === null ? null : this.sideOf(consultLeg);
    if (consultLeg === null || consultLeg === side.own) referral.decline(481);
    else if (consult === null || consult.call === side.call) referral.refuse(403);
    else joinSides(inOrder([side, consult], calls), referral, this.context);
  }

  /** Null unless this leg talks with exactly one other. */
  private sideOf(own: SipLeg): TransferredSide | null {
    const call = this.context.calls.ofLeg(own);
    const other = call?.partnerOf(own) ?? null;
    return call === null || other === null ? null : { call, own, other };
  }
}

import type { CallTable } from '../call/call-table';
import type { PhoneLegs } from '../legs/phone-legs';
import { routeOf } from '../dialplan';
import type { DialogName, SipLeg } from '../legs/sip-leg';
import type { IncomingReferRequest } from '../transport/sip-core';
import { inOrder, joinSides, type TransferredSide } from './attended-transfer';
import { BlindTransfer } from './blind-transfer';
import { readReferTo } from './refer-target';
import { OrderedTransfer, Referral, type TransferOrder } from './referral';
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
    else if (!this.maySend(leg.extension, target.number)) referral.refuse(403);
    else
      new BlindTransfer({ call: side.call, other: side.other, referral, number: target.number }, this.context).start();
  }

  /** @throws AppError `call/not-allowed` */
  order(leg: SipLeg, number: string): void {
    const referral = new OrderedTransfer(leg);
    const side = this.sideOf(leg);
    if (side === null || number === leg.extension || !this.maySend(leg.extension, number)) referral.refuse();
    else new BlindTransfer({ call: side.call, other: side.other, referral, number }, this.context).start();
  }

  /** @throws AppError `call/not-allowed` */
  orderAttended(leg: SipLeg, consultLeg: SipLeg): void {
    const referral = new OrderedTransfer(leg);
    const [side, consult] = [this.sideOf(leg), this.sideOf(consultLeg)];
    if (side === null || consult === null) referral.refuse();
    else this.joinAll(side, consult, referral);
  }

  private attend(side: TransferredSide, dialog: DialogName, referral: Referral): void {
    const { phoneLegs } = this.context;
    const consultLeg = phoneLegs.withDialog(referral.sender.extension, dialog);
    const consult = consultLeg === null ? null : this.sideOf(consultLeg);
    if (consultLeg === null || consultLeg === side.own) referral.decline(481);
    else if (consult === null) referral.refuse(403);
    else this.joinAll(side, consult, referral);
  }

  private joinAll(side: TransferredSide, consult: TransferredSide, referral: TransferOrder): void {
    const { calls } = this.context;
    if (consult.call === side.call || !this.mayJoin(side, consult, referral.sender.extension)) referral.refuse(403);
    else joinSides(inOrder([side, consult], calls), referral, this.context);
  }

  private maySend(extension: string, number: string): boolean {
    const { directory } = this.context;
    return routeOf(number, directory).to !== 'subscriber' || directory.maySendOutside?.(extension) !== false;
  }

  /** Two who are both outside: the one is sent to the other, and one of them was called. */
  private mayJoin(side: TransferredSide, consult: TransferredSide, extension: string): boolean {
    const areOutside = [side, consult].every(({ call, other }) => call.infoOf(other)?.extension === null);
    const isOneCalled = [side, consult].some(({ call }) => call.info.direction === 'outbound');
    return !areOutside || !isOneCalled || this.context.directory.maySendOutside?.(extension) !== false;
  }

  /** Null unless this leg talks with exactly one other. */
  private sideOf(own: SipLeg): TransferredSide | null {
    const call = this.context.calls.ofLeg(own);
    const other = call?.partnerOf(own) ?? null;
    return call === null || other === null ? null : { call, own, other };
  }
}

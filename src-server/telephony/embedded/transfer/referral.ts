import { AppError } from '../../../../src-shared/errors/app-error';
import type { SipLeg } from '../legs/sip-leg';
import type { IncomingReferRequest } from '../transport/sip-core';

const reasons: Record<number, string> = {
  100: 'Trying',
  200: 'OK',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
};

/** Somebody wants a transfer, and is told what becomes of it. */
export interface TransferOrder {
  readonly sender: SipLeg;
  refuse(statusCode: 400 | 403): void;
  accept(): void;
  notify(status: number): void;
}

/** The centre orders it for a phone that cannot: the phone is told nothing but BYE. */
export class OrderedTransfer implements TransferOrder {
  constructor(readonly sender: SipLeg) {}

  refuse(): never {
    throw new AppError('call/not-allowed', `${this.sender.extension} does not talk with exactly one other`);
  }

  accept(): void {}

  notify(): void {}
}

/** One REFER of a phone: its answer, and whether the engine has taken the other party over. */
export class Referral implements TransferOrder {
  constructor(
    readonly sender: SipLeg,
    private readonly request: IncomingReferRequest,
  ) {}

  /** Nothing changes. Neither 408 nor 481: both would end the phone's call (RFC 5057 section 5.1). */
  refuse(statusCode: 400 | 403): void {
    this.request.reject({ statusCode });
  }

  /** 202, and that it has begun. */
  accept(): void {
    this.request.accept({ statusCode: 202, extraHeaders: [this.sender.flow.contactHeader] });
    this.notify(100);
  }

  notify(status: number): void {
    this.sender.notifyTransfer(this.request.message.cseq, status, reasons[status] ?? 'Failed');
  }

  /** Accepted and refused in one go: the call stays as it is. */
  decline(status: number): void {
    this.accept();
    this.notify(status);
  }
}

import type { SipLeg } from '../legs/sip-leg';
import type { IncomingReferRequest } from '../transport/sip-core';

const reasons: Record<number, string> = {
  100: 'Trying',
  200: 'OK',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
};

/** One REFER of a phone: its answer, and whether the engine has taken the other party over. */
export class Referral {
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

import type { EndCause } from '../../../../src-shared/call/end-cause';
import { ringBackSource } from '../media/audio-sources';
import { sessionExpires } from '../transport/session-refresh';
import { URI, type OutgoingInviteRequest, type Session } from '../transport/sip-core';
import { SipLeg, sdpBody, type CallingLeg } from './sip-leg';
import { endCauseOfRefusal } from './sip-status';

const allow = 'Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, INFO, OPTIONS, UPDATE';

interface InviteFrom {
  readonly number: string;
  readonly name: string | null;
}

/** The leg of a phone that we call (UAC). */
export class OutgoingSipLeg extends SipLeg implements CallingLeg {
  private request: OutgoingInviteRequest | null = null;
  /** Taken in the phone's name: to the phone it is still a call that rings. */
  private isTakenForPhone = false;
  /** The phone has said something to the INVITE, be it only that it has it. */
  hasAnsweredBack = false;

  override get isRinging(): boolean {
    return this.hasAnsweredBack && this.state === 'early';
  }

  /** Sends the INVITE. Ringing, answer and refusal come as events. */
  async invite(target: URI, from: InviteFrom, extraHeaders: readonly string[]): Promise<void> {
    const sdp = await this.port.offer();
    if (this.state === 'ended') return;
    const { core, domain, contactHeader } = this.flow;
    const message = core.makeOutgoingRequestMessage(
      'INVITE',
      target,
      new URI('sip', from.number, domain),
      new URI('sip', this.extension, domain),
      { fromDisplayName: displayNameOf(from) },
      [contactHeader, allow, ...extraHeaders],
      sdpBody(sdp),
    );
    this.request = core.invite(message, {
      onTrying: () => void (this.hasAnsweredBack = true),
      onProgress: ({ message: { body, statusCode }, session }) => this.progressed(statusCode ?? 0, body, session),
      onAccept: accepted => {
        accepted.ack();
        const { message: response, session } = accepted;
        this.inBackground(this.accepted(response.body, session, sessionExpires(response)));
      },
      onReject: ({ message: { statusCode } }) => {
        const status = statusCode ?? 500;
        this.close(endCauseOfRefusal(status), status);
      },
    });
  }

  /** As if the phone had been picked up. What ends it next stops the ringing. */
  takeForPhone(): void {
    this.isTakenForPhone = true;
    this.confirm();
  }

  protected override sendBye(): void {
    if (this.isTakenForPhone) this.request?.cancel();
    else super.sendBye();
  }

  /** The phone rang for a call of its own (click-to-dial) and was picked up: from here it is like one that dials. */
  becomeCaller(): void {
    this.causeOfBye = 'agent-cancelled'; // until the far end has answered
  }

  ring(): void {
    this.treatment = ringBackSource();
  }

  /** Media runs already. */
  async startEarlyMedia(): Promise<void> {}

  async answer(): Promise<boolean> {
    this.causeOfBye = 'completed';
    return this.state === 'confirmed';
  }

  protected override refuse(cause: EndCause): void {
    // RFC 3326: tells the phone that this is no missed call.
    const reason = cause === 'answered-elsewhere' ? 'SIP;cause=200;text="Call completed elsewhere"' : undefined;
    this.request?.cancel(reason);
  }

  private progressed(status: number, body: string, session: Session): void {
    this.hasAnsweredBack = true;
    if (this.state !== 'early') return;
    this.bind(session);
    if (body !== '')
      this.takeAnswer(body).catch((error: unknown) => this.badAnswer(error, () => this.request?.cancel()));
    if (status >= 180) this.emit('ringing');
  }

  private async accepted(body: string, session: Session, expiresSeconds: number | null): Promise<void> {
    this.bind(session);
    this.isTakenForPhone = false;
    if (this.state !== 'early') {
      this.sendBye(); // our CANCEL crossed with this 200, RFC 5407 section 3.1.2
      return;
    }
    try {
      await this.takeAnswer(body);
    } catch (error) {
      this.badAnswer(error, () => this.sendBye());
    }
    if (this.state !== 'early') return;
    this.armSessionTimer(expiresSeconds);
    this.port.open();
    this.confirm();
  }

  /** The first description of 18x or 200 is the answer (RFC 3261 section 13.2.1); with one in 183, ICE and DTLS come up while it rings. */
  private async takeAnswer(body: string): Promise<void> {
    await this.port.setAnswer(body);
  }

  private badAnswer(error: unknown, tellPhone: () => void): void {
    if (this.state === 'ended') return;
    this.context.log.warn(
      `unusable answer of ${this.extension}: ${error instanceof Error ? error.message : String(error)}`,
    );
    tellPhone();
    this.close('media-failed');
  }
}

/** Quotes and control characters would break out of the header field. */
const displayNameOf = (from: InviteFrom): string => (from.name ?? from.number).replace(/[\p{Cc}"\\]/gu, ' ').trim();

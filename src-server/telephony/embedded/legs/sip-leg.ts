import type { Clock } from '../../../../src-shared/base/clock';
import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { EngineLog, EngineTiming } from '../engine-options';
import { MediaEndpoint } from '../media/media-endpoint';
import { onSessionRefresh, sessionExpires, sessionTimerHeaders } from '../transport/session-refresh';
import type {
  Body,
  IncomingInfoRequest,
  IncomingInviteRequest,
  IncomingReferRequest,
  Session,
} from '../transport/sip-core';
import type { SipFlow } from '../transport/sip-flow';
import { readInfoDtmf } from './info-dtmf';
import { Leg } from './leg';
import { LossWatch, lossCheckMs } from './loss-watch';

export interface SipLegContext {
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly timing: EngineTiming;
  readonly onCreated: (leg: SipLeg) => void;
  /** The phone asks for a transfer of the other party. Answers the request. */
  readonly onRefer: (leg: SipLeg, request: IncomingReferRequest) => void;
  /** Told once per leg; the promise settles when its sockets are closed. */
  readonly onMediaClosing: (closing: Promise<void>) => void;
}

/** A phone's leg that waits for somebody else's answer. */
export interface CallingLeg extends Leg {
  readonly extension: string;
  /** The far end rings. */
  ring(): void;
  /** From now on the phone hears what its room or treatment plays. */
  startEarlyMedia(): Promise<void>;
  /** The far end has answered. False when the phone was quicker to leave. */
  answer(): Promise<boolean>;
}

/** A dialog by its Call-ID and its two tags. */
export interface DialogName {
  readonly callId: string;
  readonly tags: readonly string[];
}

export const sdpBody = (content: string): Body => ({
  contentDisposition: 'session',
  contentType: 'application/sdp',
  content,
});

/** A phone's leg: the SIP dialog (SIP.js) and its media. Roles: `IncomingSipLeg` (UAS), `OutgoingSipLeg` (UAC). */
export abstract class SipLeg extends Leg {
  readonly port: MediaEndpoint;
  protected session: Session | null = null;
  private cancelSessionTimer: (() => void) | null = null;
  private readonly loss: LossWatch;
  /** Why the leg ends when its phone sends BYE. */
  protected causeOfBye: EndCause = 'completed';
  private isByeOwed = false;

  constructor(
    readonly flow: SipFlow,
    readonly extension: string,
    protected readonly context: SipLegContext,
  ) {
    super();
    this.port = new MediaEndpoint(
      () => context.clock.monotonic(),
      ({ digit, durationMs }) => this.emit('dtmf', { digit, durationMs, via: 'rfc4733' }),
      message => context.log.warn(message),
    );
    this.loss = new LossWatch({
      ...context,
      flow,
      port: this.port,
      isConfirmed: () => this.state === 'confirmed',
      onDead: () => this.hangUp('line-lost'),
    });
    context.onCreated(this);
  }

  override get isHeldAtPhone(): boolean {
    return this.port.isHolding;
  }

  /** Nothing comes from a phone that holds nobody: its network is gone, for a moment or for good. */
  override get isAway(): boolean {
    return this.state === 'confirmed' && !this.isHeldAtPhone && !this.isSending;
  }

  /** The phone has said that it rings for our call. */
  get isRinging(): boolean {
    return false;
  }

  get isSending(): boolean {
    return this.loss.isSending;
  }

  /** How long the phone has sent nothing although it should have. */
  get missedForMs(): number {
    return this.loss.missedForMs;
  }

  /**
   * Another phone has registered in the place of this leg's. Where the old one also lost its socket it has most likely
   * crashed; what its media say decides, and soon.
   */
  phoneReplaced(): void {
    this.loss.phoneReplaced();
  }

  /** True for the dialog that Replaces names (RFC 3891). Phones write the tags in both orders. */
  isDialog({ callId, tags }: DialogName): boolean {
    const { session } = this;
    if (session === null || session.callId !== callId) return false;
    const own = [session.localTag, session.remoteTag];
    return tags.length === own.length && own.every(tag => tags.includes(tag));
  }

  /** How a transfer that this phone asked for stands (RFC 3515 section 2.4.4). @param referral CSeq of its REFER */
  notifyTransfer(referral: number, status: number, reason: string): void {
    const state = status < 200 ? 'active;expires=60' : 'terminated;reason=noresource';
    this.session?.notify(undefined, {
      extraHeaders: [`Event: refer;id=${referral}`, `Subscription-State: ${state}`, this.flow.contactHeader],
      body: {
        contentDisposition: 'render',
        contentType: 'message/sipfrag;version=2.0',
        content: `SIP/2.0 ${status} ${reason}\r\n`,
      },
    });
  }

  protected abstract refuse(cause: EndCause, sipStatus: number | undefined): void;

  override hangUp(cause: EndCause, sipStatus?: number): void {
    if (this.state === 'ended') return;
    if (this.state === 'confirmed') this.sendBye();
    else this.refuse(cause, sipStatus);
    this.close(cause);
  }

  /** Stops media and timers and tells the end, without a word to the phone. */
  protected close(cause: EndCause, sipStatus: number | null = null): void {
    if (this.state === 'ended') return;
    this.cancelSessionTimer?.();
    this.loss.stop();
    this.context.onMediaClosing(this.port.close());
    this.finish(cause, sipStatus);
  }

  protected bind(session: Session): void {
    if (this.session === session) return;
    this.session = session;
    onSessionRefresh(session, seconds => this.armSessionTimer(seconds));
    session.delegate = {
      onAck: () => {
        if (this.isByeOwed) this.sendBye();
      },
      onAckTimeout: () => this.ackMissing(),
      onBye: request => {
        request.accept();
        this.close(this.causeOfBye);
      },
      onInvite: request => this.inBackground(this.reoffered(request)),
      onInfo: request => this.informed(request),
      onRefer: request => this.context.onRefer(this, request),
      onNotify: request => void request.accept(),
    };
  }

  /** The phone has to refresh the session in time (RFC 4028), by UPDATE or re-INVITE. */
  protected armSessionTimer(seconds: number | null): void {
    if (seconds === null) return;
    this.cancelSessionTimer?.();
    this.cancelSessionTimer = this.context.clock.after(seconds * 1000, () => this.sessionExpired());
  }

  /** BYE, or as soon as it is allowed: not before the ACK of our 2xx (RFC 3261 section 15). */
  protected sendBye(): void {
    try {
      this.session?.bye();
      this.isByeOwed = false;
    } catch (error) {
      this.isByeOwed = true;
      this.context.log.debug(`BYE waits for the ACK: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private ackMissing(): void {
    if (this.isByeOwed) this.sendBye();
    else this.hangUp('failed');
  }

  private sessionExpired(): void {
    // A phone whose socket is gone cannot refresh. As long as its media flows the call is alive.
    const isCutOff = !this.flow.isUp && !this.loss.hasDeadMedia;
    if (isCutOff) this.armSessionTimer(lossCheckMs / 1000);
    else this.hangUp('failed');
  }

  /** Whatever goes wrong in one dialog ends that dialog and not the process. */
  protected inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.context.log.error(`leg ${this.id}: ${error instanceof Error ? error.message : String(error)}`);
      this.hangUp('failed');
    });
  }

  /** re-INVITE: hold, resume, ICE restart or session refresh. */
  private async reoffered(request: IncomingInviteRequest): Promise<void> {
    const seconds = sessionExpires(request.message);
    const extraHeaders = [this.flow.contactHeader, ...sessionTimerHeaders(seconds)];
    const wasHolding = this.isHeldAtPhone;
    try {
      const sdp = await this.port.answer(request.message.body);
      if (this.state === 'ended') return;
      request.accept({ statusCode: 200, body: sdpBody(sdp), extraHeaders });
    } catch (error) {
      this.context.log.warn(`re-INVITE refused: ${error instanceof Error ? error.message : String(error)}`);
      if (this.state !== 'ended') request.reject({ statusCode: 488 });
      return;
    }
    this.armSessionTimer(seconds);
    if (this.isHeldAtPhone === wasHolding) return;
    if (this.isHeldAtPhone) this.loss.held();
    else this.isHeldByOrder = false; // whoever takes the call back at the phone wants to hear it
    this.emit(this.isHeldAtPhone ? 'held' : 'resumed');
  }

  private informed(request: IncomingInfoRequest): void {
    const dtmf = readInfoDtmf(request.message.body);
    request.accept();
    if (dtmf !== null) this.emit('dtmf', dtmf);
  }
}

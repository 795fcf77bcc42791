import type { Clock } from '../../../../src-shared/base/clock';
import type { EngineTiming } from '../engine-options';
import type { EventStream } from '../../event-stream';
import { OutgoingSipLeg } from '../legs/outgoing-sip-leg';
import type { SipLegContext } from '../legs/sip-leg';
import { endCauseOfOffer, offerEndOfSipStatus } from '../../offer-ends';
import type { Binding } from '../registrar/location';
import type { OfferEnd, TransferFailure } from '../../telephony';
import type { CallerIdentity, CentralCall } from './central-call';

export interface OfferContext {
  readonly clock: Clock;
  readonly events: EventStream;
  readonly timing: EngineTiming;
  readonly legContext: SipLegContext;
}

/** Why somebody comes back to the centre, as the phones are told that ring for it. */
export interface ReturnedTransfer {
  /** The transfer that failed; null when the phone was lost of whom it talked with (`line-lost`, and `to` is that one). */
  readonly transferId: string | null;
  readonly outcome: TransferFailure | 'line-lost';
  readonly to: string;
}

interface OfferTarget {
  readonly binding: Binding;
  readonly ringTimeoutMs: number;
  /** Whom the phone shows. */
  readonly from: CallerIdentity;
  readonly queue?: { readonly id: string; readonly name: string };
  /** Extension of the agent who transfers. */
  readonly transferredBy?: string;
  readonly returned?: ReturnedTransfer | null;
  /** Click-to-dial: the phone rings for its own call to this number, and nothing is offered. */
  readonly dials?: string;
}

/** One ringing of one agent's phone. Ends exactly once, with `onEnd`. */
export class Offer {
  readonly leg: OutgoingSipLeg;
  readonly extension: string;
  private cancelTimers: (() => void)[] = [];
  private isOver = false;

  constructor(
    private readonly call: CentralCall,
    private readonly target: OfferTarget,
    private readonly context: OfferContext,
    private readonly onEnd: (cause: OfferEnd, offer: Offer, sipStatus: number | null) => void,
  ) {
    this.extension = target.binding.extension;
    this.leg = new OutgoingSipLeg(target.binding.flow, this.extension, context.legContext);
  }

  start(): void {
    const { call, leg, extension, target, context } = this;
    call.add(leg, { role: 'agent', number: extension, extension });
    if (target.dials === undefined)
      context.events.tell({
        type: 'offered',
        callId: call.id,
        legId: leg.id,
        extension,
        queueId: target.queue?.id ?? null,
        returnedTransferId: target.returned?.transferId ?? null,
      });
    leg.once('answered', () => this.finish('answered'));
    leg.once('ended', (cause, sipStatus) =>
      this.finish(cause === 'line-lost' || sipStatus === null ? 'failed' : offerEndOfSipStatus(sipStatus), sipStatus),
    );
    leg.flow.on('down', this.flowDown);
    this.cancelTimers.push(call.onEnding(() => this.cancel('caller-left')));
    this.cancelTimers.push(context.clock.after(target.ringTimeoutMs, () => this.cancel('ring-no-answer')));
    this.cancelTimers.push(
      context.clock.after(context.timing.wordlessMs, () => {
        if (!leg.hasAnsweredBack) this.cancel('line-lost');
      }),
    );
    leg.invite(target.binding.contact, target.from, this.headers()).catch(() => this.cancel('failed'));
  }

  /** Stops the ringing from our side. */
  cancel(cause: Exclude<OfferEnd, 'answered'>): void {
    if (this.isOver) return;
    this.close(cause);
    this.leg.hangUp(endCauseOfOffer[cause]);
    this.onEnd(cause, this, null);
  }

  private headers(): string[] {
    const { queue, transferredBy, returned, dials } = this.target;
    return [
      `X-Call-Id: ${this.call.id}`,
      ...(queue === undefined ? [] : [`X-Queue: ${headerText(queue.name)}`]),
      ...(transferredBy === undefined ? [] : [`X-Transferred-By: ${transferredBy}`]),
      ...(returned ? [`X-Transfer-Returned: ${returned.outcome};to=${returned.to}`] : []),
      ...(dials === undefined ? [] : [`X-Dial: ${dials}`]),
      // The engine feeds the caller itself: the phone may send 183 with its description and so bring up ICE and DTLS.
      'X-Media-While-Ringing: yes',
    ];
  }

  private readonly flowDown = (silentSince: number | null): void => {
    const graceMs = silentSince === null ? this.context.timing.ringingLineLossMs : 0;
    this.cancelTimers.push(
      this.context.clock.after(graceMs, () => {
        if (!this.leg.flow.isUp) this.cancel('line-lost');
      }),
    );
  };

  private finish(cause: OfferEnd, sipStatus: number | null = null): void {
    if (this.isOver) return;
    this.close(cause);
    this.onEnd(cause, this, sipStatus);
  }

  private close(cause: OfferEnd): void {
    this.isOver = true;
    for (const cancel of this.cancelTimers) cancel();
    this.leg.flow.off('down', this.flowDown);
    const { call, leg, extension, target } = this;
    if (target.dials === undefined)
      this.context.events.tell({ type: 'offer-ended', callId: call.id, legId: leg.id, extension, cause });
  }
}

/** Header values are ASCII without controls here; the rest is percent-encoded, and so is the percent sign. */
const headerText = (text: string): string =>
  text.replace(/[^\x20-\x7e]|%/gu, character => encodeURIComponent(character));

import type { Clock } from '../../../../src-shared/base/clock';
import type { EngineTiming } from '../engine-options';
import type { EventStream } from '../event-stream';
import type { OfferEnd } from '../../telephony';
import type { Binding } from '../registrar/location';
import type { CentralCall } from './central-call';
import { OutgoingSipLeg } from './outgoing-sip-leg';
import type { SipLegContext } from './sip-leg';
import { endCauseOfOffer, offerEndOfSipStatus } from './sip-status';

export interface OfferContext {
  readonly clock: Clock;
  readonly events: EventStream;
  readonly timing: EngineTiming;
  readonly legContext: SipLegContext;
}

interface OfferTarget {
  readonly binding: Binding;
  readonly queue: { readonly id: string; readonly name: string } | null;
  readonly ringTimeoutMs: number;
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
    context.events.tell({
      type: 'offered',
      callId: call.id,
      legId: leg.id,
      extension,
      queueId: target.queue?.id ?? null,
      returnedTransferId: null,
    });
    leg.once('answered', () => this.finish('answered'));
    leg.once('ended', (cause, sipStatus) =>
      this.finish(cause === 'line-lost' || sipStatus === null ? 'failed' : offerEndOfSipStatus(sipStatus), sipStatus),
    );
    leg.flow.on('down', this.flowDown);
    this.cancelTimers.push(call.onEnding(() => this.cancel('caller-left')));
    this.cancelTimers.push(context.clock.after(target.ringTimeoutMs, () => this.cancel('ring-no-answer')));
    leg.invite(target.binding.contact, call.info.from, this.headers()).catch(() => this.cancel('failed'));
  }

  /** Stops the ringing from our side. */
  cancel(cause: Exclude<OfferEnd, 'answered'>): void {
    if (this.isOver) return;
    this.finish(cause);
    this.leg.hangUp(endCauseOfOffer[cause]);
  }

  private headers(): string[] {
    const { queue } = this.target;
    return [
      `X-Call-Id: ${this.call.id}`,
      ...(queue === null ? [] : [`X-Queue: ${headerText(queue.name)}`]),
      // The engine feeds the caller itself: the phone may send 183 with its description and so bring up ICE and DTLS.
      'X-Media-While-Ringing: yes',
    ];
  }

  private readonly flowDown = (): void => {
    this.cancelTimers.push(
      this.context.clock.after(this.context.timing.ringingLineLossMs, () => {
        if (!this.leg.flow.isUp) this.cancel('line-lost');
      }),
    );
  };

  private finish(cause: OfferEnd, sipStatus: number | null = null): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const cancel of this.cancelTimers) cancel();
    this.leg.flow.off('down', this.flowDown);
    const { call, leg, extension } = this;
    this.context.events.tell({ type: 'offer-ended', callId: call.id, legId: leg.id, extension, cause });
    this.onEnd(cause, this, sipStatus);
  }
}

/** Header values are ASCII without controls here; the rest is percent-encoded, and so is the percent sign. */
const headerText = (text: string): string =>
  text.replace(/[^\x20-\x7e]|%/gu, character => encodeURIComponent(character));

import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { OfferEnd, TelephonyEvent } from '../../telephony';
import { endCauseOfCalled, endCauseOfOfferEnd, endCauseOfQ850, offerEndOfStatus } from './cause-tables';

type WithoutAt<E> = E extends unknown ? Omit<E, 'at'> : never;
export type TellFact = (fact: WithoutAt<TelephonyEvent>) => void;

export interface CallInfo {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly from: { readonly number: string; readonly name: string | null };
  readonly to: { readonly number: string };
}

export interface TrackedLeg {
  /** Asterisk's Uniqueid of the channel. */
  readonly id: string;
  readonly channel: string;
  readonly role: 'customer' | 'agent';
  readonly extension: string | null;
  /** A phone that is rung: it gets `offered` and `offer-ended`. */
  readonly isOffer: boolean;
  /** Click-to-dial: the own phone of who calls, rung by us. */
  readonly isRungFirst: boolean;
  hasRung: boolean;
  isAnswered: boolean;
  isHeld: boolean;
  /** SIP status with which the other end refused. */
  sipStatus: number | null;
  /** app_queue stopped the ringing because its time was over. */
  hasTimedOut: boolean;
}

/**
 * One conversation as the centre tells of it, out of what Asterisk tells of channels. Every fact is told once, whatever
 * comes twice or late; what never came is made up for when its leg or the call ends.
 */
export class TrackedCall {
  readonly legs = new Map<string, TrackedLeg>();
  private queueId: string | null = null;
  private hasConnected = false;
  /** Somebody was called besides the first, over the trunk or at a phone: there was more to wait for than an echo. */
  private hasCalled = false;
  private hasCallerLeft = false;
  private isOver = false;
  /** Why the last one we called did not talk: that is why the call failed. */
  private lastCause: EndCause | null = null;

  constructor(
    readonly info: CallInfo,
    readonly first: TrackedLeg,
    private readonly tell: TellFact,
  ) {
    tell({
      type: 'call-started',
      callId: info.id,
      direction: info.direction,
      from: info.from,
      to: info.to,
    });
    this.addLeg(first, info.from.number);
  }

  get isConnected(): boolean {
    return this.hasConnected;
  }

  get hasEnded(): boolean {
    return this.isOver;
  }

  get waitsIn(): string | null {
    return this.queueId;
  }

  /** The channel that is recorded. */
  get customer(): TrackedLeg | null {
    return [...this.legs.values()].find(({ role }) => role === 'customer') ?? null;
  }

  addLeg(leg: TrackedLeg, number: string): void {
    if (this.isOver || this.legs.has(leg.id)) return;
    this.legs.set(leg.id, leg);
    this.hasCalled ||= leg !== this.first;
    const names = { callId: this.info.id, legId: leg.id };
    this.tell({ type: 'leg-started', ...names, role: leg.role, number, extension: leg.extension });
    if (leg.isOffer && leg.extension !== null)
      this.tell({
        type: 'offered',
        ...names,
        extension: leg.extension,
        queueId: this.queueId,
        returnedTransferId: null,
      });
  }

  joinedQueue(queueId: string, position: number): void {
    if (this.queueId !== null || this.hasConnected || this.isOver) return;
    this.queueId = queueId;
    this.tell({ type: 'queue-joined', callId: this.info.id, queueId, position });
  }

  abandonedQueue(): void {
    if (this.queueId === null) return;
    this.hasCallerLeft = true;
    this.leftQueue('abandoned');
  }

  /** The queue does not exist any more; the channel is hung up next. */
  queueClosed(): void {
    this.leftQueue('closed');
  }

  /** The first channel's owner wants to hang up: whatever is cancelled next is cancelled for that. */
  callerLeaves(): void {
    // A refused call is hung up by the dialplan in the caller's name.
    const isRefusing = [...this.legs.values()].some(leg => leg !== this.first && leg.sipStatus !== null);
    const isRefused = this.queueId === null && (this.lastCause !== null || isRefusing);
    if (!isRefused) this.hasCallerLeft = true;
  }

  ringing(legId: string): void {
    const leg = this.legs.get(legId);
    if (leg === undefined || leg.hasRung || (leg === this.first && !leg.isRungFirst)) return;
    leg.hasRung = true;
    this.tell({ type: 'leg-ringing', callId: this.info.id, legId });
  }

  /** The channel is up. For a customer in a queue this means music, not an answer. */
  isUp(legId: string): void {
    const leg = this.legs.get(legId);
    if (leg === this.first && leg.role === 'agent') this.answered(leg);
  }

  /** Two legs talk from now on. */
  connected(legId: string): void {
    const leg = this.legs.get(legId);
    if (leg === undefined || leg.isAnswered || this.isOver) return;
    this.answered(leg);
    if (leg.isOffer) this.offerEnded(leg, 'answered');
    this.leftQueue('connected');
    this.hasConnected = true;
    this.answered(this.first);
  }

  /** @returns the leg, when this was news */
  held(legId: string, isHeld: boolean): TrackedLeg | null {
    const leg = this.legs.get(legId);
    if (leg === undefined || !leg.isAnswered || leg.isHeld === isHeld) return null;
    leg.isHeld = isHeld;
    this.tell({ type: isHeld ? 'leg-held' : 'leg-resumed', callId: this.info.id, legId });
    return leg;
  }

  pressed(legId: string, digit: string, durationMs: number): void {
    if (!this.legs.has(legId)) return;
    this.tell({ type: 'dtmf', callId: this.info.id, legId, digit, durationMs, via: 'rfc4733' });
  }

  /** A channel is gone. @returns the call's cause when it was the first one: the call is over */
  hungUp(legId: string, q850: number): EndCause | null {
    const leg = this.legs.get(legId);
    if (leg === undefined || this.isOver) return null;
    if (leg !== this.first) {
      this.endLeg(leg, this.causeOfSecond(leg, q850));
      return null;
    }
    return this.causeOfFirst(q850);
  }

  /** Ends what is still open and the call, all but `call-ended`, which waits for the recording. */
  close(cause: EndCause): void {
    if (this.isOver) return;
    this.leftQueue(this.hasCallerLeft ? 'abandoned' : 'closed');
    for (const leg of this.legs.values())
      this.endLeg(leg, leg === this.first || leg.isAnswered ? cause : this.causeOfSecond(leg, 0));
    this.isOver = true;
  }

  private answered(leg: TrackedLeg): void {
    if (leg.isAnswered) return;
    leg.isAnswered = true;
    this.tell({ type: 'leg-answered', callId: this.info.id, legId: leg.id });
  }

  private leftQueue(cause: 'connected' | 'abandoned' | 'closed'): void {
    if (this.queueId === null) return;
    this.tell({ type: 'queue-left', callId: this.info.id, queueId: this.queueId, cause });
    this.queueId = null;
  }

  private endLeg(leg: TrackedLeg, cause: EndCause): void {
    if (leg.isOffer && !leg.isAnswered) this.offerEnded(leg, this.offerEndOf(leg));
    this.legs.delete(leg.id);
    if (leg !== this.first) this.lastCause = cause;
    this.tell({ type: 'leg-ended', callId: this.info.id, legId: leg.id, cause });
  }

  private offerEnded(leg: TrackedLeg, cause: OfferEnd): void {
    if (leg.extension === null) return;
    this.tell({ type: 'offer-ended', callId: this.info.id, legId: leg.id, extension: leg.extension, cause });
  }

  private offerEndOf(leg: TrackedLeg): Exclude<OfferEnd, 'answered'> {
    if (leg.sipStatus !== null) return offerEndOfStatus(leg.sipStatus);
    if (this.hasConnected) return 'answered-elsewhere';
    if (this.hasCallerLeft) return 'caller-left';
    return leg.hasTimedOut ? 'ring-no-answer' : 'failed';
  }

  private causeOfSecond(leg: TrackedLeg, q850: number): EndCause {
    if (leg.isAnswered) return 'completed';
    if (leg.isOffer) return endCauseOfOfferEnd[this.offerEndOf(leg)];
    if (leg.sipStatus !== null) return endCauseOfCalled(leg.sipStatus, q850);
    if (this.hasCallerLeft) return 'agent-cancelled';
    return leg.hasTimedOut ? 'no-answer' : endCauseOfQ850(q850);
  }

  private causeOfFirst(q850: number): EndCause {
    if (this.hasConnected) return 'completed';
    if (this.first.isRungFirst && !this.first.isAnswered) return causeOfOwnPhone(this.first, q850);
    if (this.hasCallerLeft) {
      if (this.first.role === 'customer') return 'caller-cancelled';
      return this.first.isAnswered && !this.hasCalled ? 'completed' : 'agent-cancelled';
    }
    return this.queueId === null ? (this.lastCause ?? endCauseOfQ850(q850)) : 'unreachable';
  }
}

/** Click-to-dial: why the own phone of who calls was not picked up. Asterisk calls it 480 when we stop the ringing. */
function causeOfOwnPhone(leg: TrackedLeg, q850: number): EndCause {
  if (leg.hasTimedOut) return 'no-answer';
  if (leg.sipStatus === null) return endCauseOfQ850(q850);
  const meant = offerEndOfStatus(leg.sipStatus);
  return meant === 'failed' ? endCauseOfCalled(leg.sipStatus, q850) : endCauseOfOfferEnd[meant];
}

import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { Fact } from '../../event-stream';
import type { OfferEnd } from '../../telephony';
import { CallControls } from './call-controls';
import { CallTransfers, type TransferNote } from './call-transfers';
import { type CallSoFar, causeOfCall, causeOfSecond, isRefused, nothingSoFar, offerEndOf } from './end-causes';
import type { TrackedLeg } from './tracked-leg';

export type TellFact = (fact: Fact) => void;

export interface CallInfo {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly from: { readonly number: string; readonly name: string | null };
  readonly to: { readonly number: string };
}

/** From so many on it is a conference. */
const conferenceSize = 3;

/**
 * One conversation as the centre tells of it, out of what Asterisk tells of channels. Every fact is told once, whatever
 * comes twice or late; what never came is made up for when its leg or the call ends.
 */
export class TrackedCall {
  /** By Uniqueid of the channel. */
  readonly legs = new Map<string, TrackedLeg>();
  readonly transfers: CallTransfers;
  readonly controls: CallControls;
  private begunBy: TrackedLeg;
  private queueId: string | null = null;
  private readonly past: CallSoFar = { ...nothingSoFar };
  private isConference = false;
  private isOver = false;

  constructor(
    readonly info: CallInfo,
    first: TrackedLeg,
    private readonly tell: TellFact,
  ) {
    this.begunBy = first;
    const { id: callId, direction, from, to } = info;
    this.transfers = new CallTransfers(callId, tell);
    this.controls = new CallControls(callId, this.legs, tell);
    tell({ type: 'call-started', callId, direction, from, to });
    this.addLeg(first);
  }

  /** Whose call it was in the beginning. */
  get first(): TrackedLeg {
    return this.begunBy;
  }

  get soFar(): Readonly<CallSoFar> {
    return this.past;
  }

  get isConnected(): boolean {
    return this.past.hasConnected;
  }

  get hasEnded(): boolean {
    return this.isOver;
  }

  get isLeftByCaller(): boolean {
    return this.past.hasCallerLeft;
  }

  get waitsIn(): string | null {
    return this.queueId;
  }

  /** Who talks, or would if somebody answered. */
  get parties(): readonly TrackedLeg[] {
    return [...this.legs.values()].filter(leg => leg.isAnswered && !leg.isGone);
  }

  /** The channel that is recorded. */
  get customer(): TrackedLeg | null {
    return [...this.legs.values()].find(({ role }) => role === 'customer') ?? null;
  }

  /** Whose call it is while nobody else talks: when this one hangs up, it is over. */
  get anchor(): TrackedLeg {
    return (this.past.hasConnected ? this.parties[0] : undefined) ?? this.first;
  }

  addLeg(leg: TrackedLeg): void {
    if (this.isOver || this.legs.has(leg.uniqueid)) return;
    this.legs.set(leg.uniqueid, leg);
    this.past.hasCalled ||= leg !== this.first;
    const names = { callId: this.info.id, legId: leg.id };
    this.tell({ type: 'leg-started', ...names, role: leg.role, number: leg.number, extension: leg.extension });
    const { extension } = leg;
    const { returnedId: returnedTransferId } = this.transfers;
    if (leg.isOffer && extension !== null)
      this.tell({ type: 'offered', ...names, extension, queueId: this.queueId, returnedTransferId });
  }

  /** Somebody comes from another call, in the middle of talking. */
  adopt(leg: TrackedLeg): void {
    this.addLeg(leg);
    this.answered(leg);
  }

  /** Somebody else is in the place of this leg, and goes on waiting or talking there. */
  placeTaken(leg: TrackedLeg, taker: TrackedLeg): void {
    this.endLeg(leg, 'transferred');
    if (this.begunBy === leg) this.begunBy = taker;
    this.addLeg(taker);
    if (leg.isAnswered) this.answered(taker);
  }

  joinedQueue(queueId: string, position: number): void {
    if (this.queueId !== null || this.parties.length > 1 || this.isOver) return;
    this.endReplaced();
    this.past.isTalking = false;
    this.endUnanswered(); // whoever did not take the call back; Asterisk tells of the end of its channel later
    this.transfers.complete();
    this.queueId = queueId;
    this.past.hasWaited = true;
    this.tell({ type: 'queue-joined', callId: this.info.id, queueId, position });
  }

  abandonedQueue(): void {
    if (this.queueId === null) return;
    this.past.hasCallerLeft = true;
    this.leftQueue('abandoned');
  }

  /** The queue does not exist any more; the channel is hung up next. */
  queueClosed(): void {
    this.leftQueue('closed');
  }

  /** The owner of the call wants to hang up: whatever is cancelled next is cancelled for that. */
  callerLeaves(): void {
    if (!isRefused(this)) this.past.hasCallerLeft = true;
  }

  ringing(uniqueid: string): void {
    const leg = this.legs.get(uniqueid);
    if (leg === undefined || leg.hasRung || (leg === this.first && !leg.isRungFirst)) return;
    leg.hasRung = true;
    this.tell({ type: 'leg-ringing', callId: this.info.id, legId: leg.id });
  }

  /** The channel is up. For a customer in a queue this means music, not an answer. */
  isUp(uniqueid: string): void {
    const leg = this.legs.get(uniqueid);
    if (leg === this.first && leg.role === 'agent') this.answered(leg);
  }

  /** Two legs talk from now on. */
  connected(uniqueid: string): void {
    const leg = this.legs.get(uniqueid);
    if (leg === undefined || leg.isAnswered || this.isOver) return;
    this.endReplaced();
    this.answered(leg);
    if (leg.isOffer) this.offerEnded(leg, 'answered');
    this.leftQueue('connected');
    this.past.hasConnected = true;
    this.past.isTalking = true;
    if (this.legs.has(this.first.uniqueid)) this.answered(this.first);
    this.transfers.complete();
    this.transfers.taken();
  }

  /** The dialplan begins a transfer, or says that it failed. */
  transferNoted(note: TransferNote): void {
    const isNews = this.transfers.learn(note.id);
    const sender = [...this.legs.values()].find(({ channel }) => channel === note.senderChannel);
    if (isNews && sender?.extension != null) {
      const { id, target } = note;
      const { id: legId, extension } = sender;
      this.transfers.start({ id, kind: 'blind', legId, extension, target, consultCallId: null, isThrough: false });
      this.legMoved(sender);
    }
    // One that was attended is told under a name of our own: the dialplan names it only when it failed.
    if (note.failure === null || !this.transfers.isOpen || !(isNews || this.transfers.openId === note.id)) return;
    this.endUnanswered();
    this.transfers.fail(note.failure);
  }

  /** The centre ends it for who placed it, before anybody has talked. */
  takenBack(): void {
    this.past.isTakenBack = true;
    this.callerLeaves();
  }

  /** The party of a failed transfer cannot be taken back anywhere; it is hung up next. */
  lost(): void {
    this.past.isLost = true;
  }

  /** Somebody joined the room of this call. */
  conferenceGrew(): void {
    if (this.isConference || this.parties.length < conferenceSize) return;
    this.isConference = true;
    this.tell({ type: 'conference-started', callId: this.info.id });
  }

  /** Another channel of the same phone takes the place of this one, under its name. */
  changeLine(leg: TrackedLeg, line: TrackedLeg): void {
    const legs = [...this.legs.values()].map(each => (each === leg ? line : each));
    this.legs.clear();
    for (const each of legs) this.legs.set(each.uniqueid, each);
    if (this.begunBy === leg) this.begunBy = line;
    this.controls.tellHeld(line);
  }

  /** A channel is gone. @returns the call's cause when it is over with that */
  hungUp(uniqueid: string, q850: number): EndCause | null {
    const leg = this.legs.get(uniqueid);
    if (leg === undefined || this.isOver) return null;
    if (leg !== this.anchor && !leg.isAnswered) {
      this.endLeg(leg, causeOfSecond(leg, this, q850));
      return this.first.isGone && !this.past.hasConnected && this.legs.size === 1 ? causeOfCall(this, q850) : null;
    }
    // Who calls and leaves takes along whom it rings. Where that one rings on, somebody has taken the caller's place.
    if (
      leg === this.first &&
      !this.past.hasConnected &&
      !this.past.hasCallerLeft &&
      !leg.isGone &&
      this.legs.size > 1
    ) {
      leg.isGone = true;
      return null;
    }
    const others = this.parties.filter(other => other !== leg);
    if (others.length === 0) return causeOfCall(this, q850);
    // Of two, the other one hangs up next, or is transferred: that says why this one ended.
    if (others.length === 1) leg.isGone = true;
    else this.endLeg(leg, 'completed');
    return null;
  }

  /** This leg goes on in another call, or its place is taken. */
  legMoved(leg: TrackedLeg): void {
    this.endLeg(leg, 'transferred');
    if (this.parties.length < 2) this.past.isTalking = false;
  }

  /** The phone of this leg is dead; the other party goes back to a queue. */
  deserted(leg: TrackedLeg): void {
    this.endLeg(leg, 'line-lost');
    this.past.isTalking = false;
  }

  /** Ends what is still open and the call, all but `call-ended`, which waits for the recording. */
  close(cause: EndCause): void {
    if (this.isOver) return;
    this.leftQueue(this.past.hasCallerLeft ? 'abandoned' : 'closed');
    if (this.transfers.isOpen) this.endUnanswered();
    this.transfers.callEnds();
    const gone = [...this.legs.values()].filter(leg => leg.isGone);
    for (const leg of [...gone, ...this.legs.values()])
      if (this.legs.has(leg.uniqueid))
        this.endLeg(leg, leg === this.first || leg.isAnswered ? cause : causeOfSecond(leg, this, 0));
    this.isOver = true;
  }

  /** Somebody else has the party of who is gone: what happened between nobody saw. */
  private endReplaced(): void {
    for (const leg of this.legs.values()) if (leg.isGone) this.legMoved(leg);
  }

  /** Whoever was rung for a transfer: Asterisk may tell of the end of its channel later. */
  private endUnanswered(): void {
    for (const leg of this.legs.values())
      if (!leg.isAnswered && leg !== this.first) this.endLeg(leg, causeOfSecond(leg, this, 0));
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
    if (leg.isOffer && !leg.isAnswered) this.offerEnded(leg, offerEndOf(leg, this));
    this.legs.delete(leg.uniqueid);
    if (leg !== this.first) this.past.lastCause = cause;
    this.tell({ type: 'leg-ended', callId: this.info.id, legId: leg.id, cause });
    if (!this.isConference || this.parties.length >= conferenceSize) return;
    this.isConference = false;
    this.tell({ type: 'conference-ended', callId: this.info.id });
  }

  private offerEnded(leg: TrackedLeg, cause: OfferEnd): void {
    if (leg.extension === null) return;
    this.tell({ type: 'offer-ended', callId: this.info.id, legId: leg.id, extension: leg.extension, cause });
  }
}

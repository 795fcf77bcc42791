import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { ServerLog } from '../../../server-log';
import type { Speaking } from '../../telephony';
import type { AmiMessage } from '../ami/ami-message';
import { handlers } from './call-events';
import { presentText, unescaped } from './caller-text';
import { causeOfCall } from './end-causes';
import { transferNoteOf } from './call-transfers';
import { type CallInfo, type TellFact, TrackedCall } from './tracked-call';
import { extensionOf, newLeg, type TrackedLeg } from './tracked-leg';

export interface CallTrackerParts {
  readonly tell: TellFact;
  readonly log: ServerLog;
  /** Two talk: at first, and again with another one after a transfer. */
  readonly onConnected: (call: TrackedCall) => void;
  readonly onHold: (leg: TrackedLeg, isHeld: boolean) => void;
  /** A phone is rung. */
  readonly onRung: (leg: TrackedLeg) => void;
  /** This channel goes on in another call than the one that it was made for. */
  readonly onMoved: (leg: TrackedLeg, call: TrackedCall) => void;
  /** Somebody from outside has taken the place of another party. */
  readonly onPlaceTaken: (call: TrackedCall, taker: TrackedLeg) => void;
  /** This party was given from one to another of the centre. */
  readonly onHandedOver: (party: TrackedLeg, to: TrackedLeg) => void;
  /** A channel hung up and its call may go on. */
  readonly onChannelGone: (call: TrackedCall, channel: string) => Promise<void>;
  readonly onSpeaking: (speaking: Speaking) => void;
  /** One of the last two of a room is out of it. */
  readonly onWaitsForPair: (call: TrackedCall, uniqueid: string) => void;
  /**
   * Everything of a call is told but its end; the returned promise says when that may be told too.
   * @param isStillTalking its customer goes on talking, in another call
   */
  readonly onEnding: (call: TrackedCall, isStillTalking: boolean) => Promise<void>;
}

/** Somebody whom Asterisk has in a channel that belongs to none of the centre's calls. */
export type Outsider = Pick<TrackedLeg, 'uniqueid' | 'channel' | 'number'>;

/** Asterisk's channel events → the calls of the centre. */
export class CallTracker {
  private readonly calls = new Map<string, TrackedCall>();
  private readonly callIdOfLeg = new Map<string, string>();
  /** Calls that ran before this process: the journal has closed them. */
  private readonly strangers = new Set<string>();
  /** Parties that went from one call to another, ever. */
  private moves = 0;

  constructor(private readonly parts: CallTrackerParts) {}

  hear(event: AmiMessage): void {
    handlers[event.get('Event')]?.(this, event);
  }

  callOfLeg(uniqueid: string): TrackedCall | undefined {
    const callId = this.callIdOfLeg.get(uniqueid);
    return callId === undefined ? undefined : this.calls.get(callId);
  }

  get running(): readonly TrackedCall[] {
    return [...this.calls.values()];
  }

  isStranger(callId: string): boolean {
    return this.strangers.has(callId);
  }

  ignore(callId: string): void {
    this.strangers.add(callId);
  }

  get log(): ServerLog {
    return this.parts.log;
  }

  call(id: string): TrackedCall | undefined {
    return this.calls.get(id);
  }

  /** @param channel an event, or a channel of a list, of the party that is transferred */
  transferNoted(call: TrackedCall, channel: AmiMessage): void {
    const note = transferNoteOf(channel.variable('CENTRE_TRANSFER'));
    if (note === null) return;
    call.transferNoted(note);
  }

  /** Takes a call by its first channel, from the dialplan's mark or from a list of channels. */
  begin(channel: AmiMessage): TrackedCall | null {
    const id = channel.variable('CENTRE_CALL');
    if (!/^[\w-]{8,64}$/.test(id) || this.strangers.has(id)) return null;
    const known = this.calls.get(id);
    if (known !== undefined) return known;
    const direction = directionOf(channel.variable('CENTRE_DIRECTION'));
    const extension = direction === 'inbound' ? null : extensionOf(channel.get('Channel'));
    const name = presentText(unescaped(channel.get('CallerIDName')));
    const info: CallInfo = {
      id,
      direction,
      from: { number: extension ?? presentText(channel.get('CallerIDNum')) ?? 'anonymous', name },
      to: { number: channel.variable('CENTRE_DIALLED') },
    };
    const uniqueid = channel.get('Uniqueid');
    const role = direction === 'inbound' ? 'customer' : 'agent';
    const { number } = info.from;
    return this.open(
      info,
      newLeg({ id: uniqueid, uniqueid, channel: channel.get('Channel'), role, number, extension, isOffer: false }),
    );
  }

  /** Click-to-dial: the first channel is an agent's phone that we ring. */
  beginRung(info: CallInfo, uniqueid: string, channel: string): void {
    const extension = info.from.number;
    const identity = { id: uniqueid, uniqueid, channel, number: extension, extension };
    this.open(info, { ...newLeg({ ...identity, role: 'agent', isOffer: false }), isRungFirst: true });
  }

  private open(info: CallInfo, first: TrackedLeg): TrackedCall {
    const { id, direction, from, to } = info;
    const call = new TrackedCall(info, first, this.parts.tell);
    this.calls.set(id, call);
    this.callIdOfLeg.set(first.uniqueid, id);
    this.parts.log.info(`call ${id} started: ${direction} ${masked(from.number)} → ${masked(to.number)}`);
    return call;
  }

  /** Somebody is rung for this call. */
  addSecond(call: TrackedCall, uniqueid: string, channel: string): void {
    if (uniqueid === '' || this.callIdOfLeg.has(uniqueid)) return;
    const extension = extensionOf(channel);
    const number = extension ?? call.transfers.target ?? call.info.to.number;
    const role = extension === null ? 'customer' : 'agent';
    this.callIdOfLeg.set(uniqueid, call.info.id);
    const leg = newLeg({ id: uniqueid, uniqueid, channel, role, number, extension, isOffer: extension !== null });
    call.addLeg(leg);
    this.parts.onRung(leg);
  }

  /** A party of `from` goes on in `call`, under another leg's name. The rest of `from` is the caller's to end. */
  move(leg: TrackedLeg, call: TrackedCall): void {
    const moved = this.renamed(leg, call, false);
    call.adopt(moved);
    this.parts.onMoved(moved, call);
    this.parts.onConnected(call);
  }

  /** Somebody from outside who was in none of our calls is in the place of this leg from now on. */
  takePlace(legId: string, by: Outsider): void {
    const call = this.callOfLeg(legId);
    const leg = call?.legs.get(legId);
    if (call === undefined || leg === undefined) return;
    this.callIdOfLeg.set(by.uniqueid, call.info.id);
    const taker = newLeg({ ...by, id: by.uniqueid, role: 'customer', extension: null, isOffer: false });
    call.placeTaken(leg, taker);
    this.parts.onMoved(taker, call);
    this.parts.onPlaceTaken(call, taker);
    if (call.isConnected) this.parts.onConnected(call);
  }

  /**
   * The two channels of one phone change places: that of `held`, which the phone holds, waits in the call of `free` from now on.
   * Each leg keeps its name.
   */
  changeLines(held: TrackedLeg, free: TrackedLeg): void {
    const [heldIn, freeIn] = [this.callOfLeg(held.uniqueid), this.callOfLeg(free.uniqueid)];
    if (heldIn === undefined || freeIn === undefined) return;
    const line = ({ uniqueid, channel, isHeld }: TrackedLeg) => ({ uniqueid, channel, isHeld });
    const taken = { ...held, ...line(free), isHeldByOrder: false };
    const waiting = { ...free, ...line(held), isHeldByOrder: true };
    this.callIdOfLeg.set(taken.uniqueid, heldIn.info.id);
    this.callIdOfLeg.set(waiting.uniqueid, freeIn.info.id);
    heldIn.changeLine(held, taken);
    freeIn.changeLine(free, waiting);
    this.parts.onMoved(taken, heldIn);
    this.parts.onMoved(waiting, freeIn);
  }

  /** A phone that another call rang goes on ringing for this one, whose party has taken the caller's place. */
  takeRung(leg: TrackedLeg, call: TrackedCall): void {
    const taken = this.renamed(leg, call, leg.isOffer);
    call.addLeg(taken);
    if (leg.hasRung) call.ringing(taken.uniqueid);
    this.parts.onMoved(call.anchor, call);
  }

  private renamed(leg: TrackedLeg, call: TrackedCall, isOffer: boolean): TrackedLeg {
    const { uniqueid, channel, role, number, extension } = leg;
    this.callIdOfLeg.set(uniqueid, call.info.id);
    return newLeg({ id: `${uniqueid}-${++this.moves}`, uniqueid, channel, role, number, extension, isOffer });
  }

  /** Of a channel that is muted the mixer gets nothing, not even silence: it says nothing more of it. */
  tellSpeaking(call: TrackedCall): void {
    const speaking = call.parties.filter(leg => leg.isSpeaking && !leg.isMuted);
    this.parts.onSpeaking({ callId: call.info.id, legIds: speaking.map(({ id }) => id) });
  }

  timedOut(legId: string): void {
    const leg = this.callOfLeg(legId)?.legs.get(legId);
    if (leg !== undefined) leg.hasTimedOut = true;
  }

  connected(legId: string): void {
    const call = this.callOfLeg(legId);
    if (call === undefined) return;
    call.connected(legId);
    if (call.isConnected) this.parts.onConnected(call);
  }

  held(legId: string, isHeld: boolean): void {
    const leg = this.callOfLeg(legId)?.controls.held(legId, isHeld) ?? null;
    if (leg !== null) this.parts.onHold(leg, isHeld);
  }

  /** Living legs of an agent's phone. */
  legsOf(extension: string): readonly TrackedLeg[] {
    return this.running.flatMap(call => [...call.legs.values()]).filter(leg => leg.extension === extension);
  }

  /** A channel is gone. @param q850 why, or 0 when we only noticed that it is not there any more */
  hungUp(legId: string, q850: number): void {
    const call = this.callOfLeg(legId);
    if (call === undefined) return;
    const channel = call.legs.get(legId)?.channel ?? '';
    const cause = call.hungUp(legId, q850);
    if (cause === null) this.report(this.parts.onChannelGone(call, channel));
    if (!call.legs.has(legId)) this.callIdOfLeg.delete(legId);
    if (cause !== null) this.report(this.end(call, cause));
    else if (call.legs.size === 0 && !this.hasChannels(call)) this.report(this.end(call, causeOfCall(call, q850)));
  }

  /** Whoever was sent away is no leg of the call any more, and may yet come back to it. */
  private hasChannels({ info }: TrackedCall): boolean {
    return [...this.callIdOfLeg.values()].includes(info.id);
  }

  /** Tells all but `call-ended` now. Resolves when that is told too: after the recording is whole. */
  async end(call: TrackedCall, cause: EndCause, isStillTalking = false): Promise<void> {
    const { id } = call.info;
    if (call.hasEnded) return;
    call.close(cause);
    for (const [uniqueid, callId] of this.callIdOfLeg) if (callId === id) this.callIdOfLeg.delete(uniqueid);
    this.calls.delete(id);
    try {
      await this.parts.onEnding(call, isStillTalking);
    } catch (error) {
      this.parts.log.error(`call ${id}: recording: ${String(error)}`);
    }
    this.parts.tell({ type: 'call-ended', callId: id, cause });
    this.parts.log.info(`call ${id} ended: ${cause}`);
  }

  waitsForPair(call: TrackedCall, uniqueid: string): void {
    this.parts.onWaitsForPair(call, uniqueid);
  }

  handedOver(party: TrackedLeg, to: TrackedLeg): void {
    this.parts.onHandedOver(party, to);
  }

  /** Of what nobody waits for. */
  report(work: Promise<void>): void {
    work.catch((error: unknown) => this.parts.log.error(String(error)));
  }
}

const directionOf = (text: string): CallInfo['direction'] =>
  text === 'inbound' || text === 'outbound' ? text : 'internal';

/** Last three digits only. */
const masked = (number: string): string => (number.length <= 4 ? number : `…${number.slice(-3)}`);

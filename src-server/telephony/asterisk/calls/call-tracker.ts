import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { ServerLog } from '../../../server-log';
import type { Speaking } from '../../telephony';
import type { AmiMessage } from '../ami/ami-message';
import { attendedTransfer, foundTogether } from './attended-transfer';
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

/** Events in which we read something; the rest passes by. */
const handlers: Readonly<Record<string, (tracker: CallTracker, event: AmiMessage) => void>> = {
  UserEvent: (tracker, event) => tracker.marked(event),
  DialBegin: (tracker, event) => tracker.dialled(event),
  DialState: (tracker, event) => {
    if (/^(RINGING|PROGRESS|PROCEEDING)$/.test(event.get('DialStatus')))
      tracker.callOfLeg(event.get('DestUniqueid'))?.ringing(event.get('DestUniqueid'));
  },
  Newstate: (tracker, event) => tracker.stateChanged(event),
  DialEnd: (tracker, event) => tracker.dialEnded(event),
  AgentConnect: (tracker, event) => tracker.connected(event.get('DestUniqueid')),
  AgentRingNoAnswer: (tracker, event) => tracker.timedOut(event.get('DestUniqueid')),
  QueueCallerJoin: (tracker, event) =>
    tracker.callOfLeg(event.get('Uniqueid'))?.joinedQueue(event.get('Queue'), Number(event.get('Position'))),
  QueueCallerAbandon: (tracker, event) => tracker.callOfLeg(event.get('Uniqueid'))?.abandonedQueue(),
  Hold: (tracker, event) => tracker.held(event.get('Uniqueid'), true),
  Unhold: (tracker, event) => tracker.held(event.get('Uniqueid'), false),
  DTMFEnd: (tracker, event) => {
    if (event.get('Direction') === 'Received')
      tracker
        .callOfLeg(event.get('Uniqueid'))
        ?.pressed(event.get('Uniqueid'), event.get('Digit'), Number(event.get('DurationMs')) || 0);
  },
  HangupRequest: (tracker, event) => tracker.hangupAsked(event),
  AttendedTransfer: (tracker, event) => attendedTransfer(tracker, event),
  ConfbridgeJoin: (tracker, event) => tracker.joinedRoom(event.get('Conference'), event.get('Uniqueid')),
  ConfbridgeLeave: (tracker, event) => {
    const leg = tracker.callOfLeg(event.get('Uniqueid'))?.legs.get(event.get('Uniqueid'));
    if (leg !== undefined) leg.isInRoom = false;
    tracker.speaking(event.get('Uniqueid'), false);
  },
  ConfbridgeTalking: (tracker, event) => tracker.speaking(event.get('Uniqueid'), event.get('TalkingStatus') === 'on'),
  Hangup: (tracker, event) => tracker.hungUp(event.get('Uniqueid'), Number(event.get('Cause')) || 0, event),
};

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

  /** What the dialplan says: a call begins, a transfer begins or failed, nobody can take a party back. */
  marked(event: AmiMessage): void {
    const call = this.callOfLeg(event.get('Uniqueid'));
    const kind = event.get('UserEvent');
    if (kind === 'CentreCall') this.begin(event);
    if (kind === 'CentreTransfer' && call !== undefined) this.transferNoted(call, event);
    if (kind === 'CentreLost') call?.lost();
    if (kind === 'CentrePair' && call !== undefined) this.parts.onWaitsForPair(call, event.get('Uniqueid'));
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

  dialled(event: AmiMessage): void {
    const call = this.callOfLeg(event.get('Uniqueid'));
    if (call !== undefined) this.addSecond(call, event.get('DestUniqueid'), event.get('DestChannel'));
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
    const { uniqueid, channel, role, number, extension } = leg;
    const moved = newLeg({
      id: `${uniqueid}-${++this.moves}`,
      uniqueid,
      channel,
      role,
      number,
      extension,
      isOffer: false,
    });
    this.callIdOfLeg.set(uniqueid, call.info.id);
    call.adopt(moved);
    this.parts.onMoved(moved, call);
    this.parts.onConnected(call);
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

  /** After a gap: two channels are in one bridge. */
  foundTogether(one: string, other: string): void {
    foundTogether(this, [one, other]);
  }

  /** A channel is in the room of a call: one of its own, or somebody whom another call brought. */
  joinedRoom(callId: string, uniqueid: string): void {
    const call = this.calls.get(callId);
    const from = this.callOfLeg(uniqueid);
    const leg = from?.legs.get(uniqueid);
    if (call === undefined || from === undefined || leg === undefined) return;
    if (from !== call) {
      this.move(leg, call);
      from.legMoved(leg);
      if (from.parties.length <= 1) this.report(this.end(from, 'transferred', leg.role === 'customer'));
    }
    const joined = call.legs.get(uniqueid);
    if (joined !== undefined) joined.isInRoom = true;
    call.conferenceGrew();
  }

  /** What the mixer of a room says of one of its channels. */
  speaking(uniqueid: string, isSpeaking: boolean): void {
    const call = this.callOfLeg(uniqueid);
    const leg = call?.legs.get(uniqueid);
    if (call === undefined || leg === undefined || leg.isSpeaking === isSpeaking) return;
    leg.isSpeaking = isSpeaking;
    this.tellSpeaking(call);
  }

  /** Of a channel that is muted the mixer gets nothing, not even silence: it says nothing more of it. */
  tellSpeaking(call: TrackedCall): void {
    const speaking = call.parties.filter(leg => leg.isSpeaking && !leg.isMuted);
    this.parts.onSpeaking({ callId: call.info.id, legIds: speaking.map(({ id }) => id) });
  }

  stateChanged(event: AmiMessage): void {
    const legId = event.get('Uniqueid');
    const call = this.callOfLeg(legId);
    const state = event.get('ChannelStateDesc');
    if (state === 'Ringing') call?.ringing(legId);
    if (state === 'Up') call?.isUp(legId);
  }

  /** A queue says `AgentConnect` instead: there an answer may still be too late. */
  dialEnded(event: AmiMessage): void {
    const legId = event.get('DestUniqueid');
    const call = this.callOfLeg(legId);
    if (call === undefined) return;
    const status = event.get('DialStatus');
    const leg = call.legs.get(legId);
    if (status === 'ANSWER' && leg !== undefined) leg.isPickedUp = true;
    if (status === 'ANSWER' && call.waitsIn === null) this.connected(legId);
    // Of a phone that nobody's channel rings (click-to-dial) Asterisk says so whatever the phone said.
    if (status === 'NOANSWER' && event.get('Uniqueid') !== '') this.timedOut(legId);
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
    const leg = this.callOfLeg(legId)?.held(legId, isHeld) ?? null;
    if (leg !== null) this.parts.onHold(leg, isHeld);
  }

  /** Living legs of an agent's phone. */
  legsOf(extension: string): readonly TrackedLeg[] {
    return this.running.flatMap(call => [...call.legs.values()]).filter(leg => leg.extension === extension);
  }

  hangupAsked(event: AmiMessage): void {
    const legId = event.get('Uniqueid');
    const call = this.callOfLeg(legId);
    if (call === undefined) return;
    this.noteStatus(call, legId, event);
    if (call.anchor.uniqueid === legId) call.callerLeaves();
  }

  /** A channel is gone; `event` is missing when we only noticed that it is not there any more. */
  hungUp(legId: string, q850: number, event: AmiMessage | null = null): void {
    const call = this.callOfLeg(legId);
    if (call === undefined) return;
    if (event !== null) this.noteStatus(call, legId, event);
    const channel = call.legs.get(legId)?.channel ?? '';
    const cause = call.hungUp(legId, q850);
    if (cause === null) this.report(this.parts.onChannelGone(call, channel));
    if (!call.legs.has(legId)) this.callIdOfLeg.delete(legId);
    if (cause !== null) this.report(this.end(call, cause));
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

  handedOver(party: TrackedLeg, to: TrackedLeg): void {
    this.parts.onHandedOver(party, to);
  }

  /** Of what nobody waits for. */
  report(work: Promise<void>): void {
    work.catch((error: unknown) => this.parts.log.error(String(error)));
  }

  private noteStatus(call: TrackedCall, legId: string, event: AmiMessage): void {
    const leg = call.legs.get(legId);
    const status = Number(event.get('TechCause'));
    // Who is cancelled has refused nothing, whatever status Asterisk makes up for its channel.
    const isCancelled = call.isLeftByCaller && leg !== call.first;
    if (leg !== undefined && !isCancelled && !leg.isAnswered && status >= 300 && status < 700) leg.sipStatus ??= status;
  }
}

const directionOf = (text: string): CallInfo['direction'] =>
  text === 'inbound' || text === 'outbound' ? text : 'internal';

/** Asterisk writes `<unknown>` for nothing. */
const presentText = (text: string): string | null => (text === '' || text === '<unknown>' ? null : text);

/** Asterisk leaves the quoted pairs of a SIP display name as they came (RFC 3261 section 25.1). */
const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

/** Last three digits only. */
const masked = (number: string): string => (number.length <= 4 ? number : `…${number.slice(-3)}`);

import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { ServerLog } from '../../../server-log';
import type { AmiMessage } from '../ami/ami-message';
import { type CallInfo, type TellFact, TrackedCall, type TrackedLeg } from './tracked-call';

export interface CallTrackerParts {
  readonly tell: TellFact;
  readonly log: ServerLog;
  /** Two talk for the first time. */
  readonly onConnected: (call: TrackedCall) => void;
  readonly onHold: (leg: TrackedLeg, isHeld: boolean) => void;
  /** Everything of a call is told but its end; the returned promise says when that may be told too. */
  readonly onEnding: (call: TrackedCall) => Promise<void>;
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
  Hangup: (tracker, event) => tracker.hungUp(event.get('Uniqueid'), Number(event.get('Cause')) || 0, event),
};

/** Asterisk's channel events → the calls of the centre. */
export class CallTracker {
  private readonly calls = new Map<string, TrackedCall>();
  private readonly callIdOfLeg = new Map<string, string>();
  /** Calls that ran before this process: the journal has closed them. */
  private readonly strangers = new Set<string>();

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

  /** The dialplan says that a call begins. */
  marked(event: AmiMessage): void {
    if (event.get('UserEvent') === 'CentreCall') this.begin(event);
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
    const role = direction === 'inbound' ? 'customer' : 'agent';
    return this.open(
      info,
      newLeg(channel.get('Uniqueid'), channel.get('Channel'), { role, extension, isOffer: false }),
    );
  }

  /** Click-to-dial: the first channel is an agent's phone that we ring. */
  beginRung(info: CallInfo, uniqueid: string, channel: string): void {
    const extension = info.from.number;
    const leg = newLeg(uniqueid, channel, { role: 'agent', extension, isOffer: false });
    this.open(info, { ...leg, isRungFirst: true });
  }

  private open(info: CallInfo, first: TrackedLeg): TrackedCall {
    const { id, direction, from, to } = info;
    const call = new TrackedCall(info, first, this.parts.tell);
    this.calls.set(id, call);
    this.callIdOfLeg.set(first.id, id);
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
    const isCustomer = call.info.direction === 'outbound';
    const extension = isCustomer ? null : extensionOf(channel);
    const role = isCustomer ? 'customer' : 'agent';
    this.callIdOfLeg.set(uniqueid, call.info.id);
    call.addLeg(newLeg(uniqueid, channel, { role, extension, isOffer: !isCustomer }), extension ?? call.info.to.number);
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
    const isFirstTime = !call.isConnected;
    call.connected(legId);
    if (isFirstTime && call.isConnected) this.parts.onConnected(call);
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
    if (call.first.id === legId) call.callerLeaves();
  }

  /** A channel is gone; `event` is missing when we only noticed that it is not there any more. */
  hungUp(legId: string, q850: number, event: AmiMessage | null = null): void {
    const call = this.callOfLeg(legId);
    if (call === undefined) return;
    if (event !== null) this.noteStatus(call, legId, event);
    const cause = call.hungUp(legId, q850);
    this.callIdOfLeg.delete(legId);
    if (cause !== null) this.end(call, cause);
  }

  end(call: TrackedCall, cause: EndCause): void {
    const { id } = call.info;
    if (call.hasEnded) return;
    const legIds = [...call.legs.keys()];
    call.close(cause);
    for (const legId of legIds) this.callIdOfLeg.delete(legId);
    this.calls.delete(id);
    this.parts
      .onEnding(call)
      .catch((error: unknown) => this.parts.log.error(`call ${id}: recording: ${String(error)}`))
      .finally(() => {
        this.parts.tell({ type: 'call-ended', callId: id, cause });
        this.parts.log.info(`call ${id} ended: ${cause}`);
      });
  }

  private noteStatus(call: TrackedCall, legId: string, event: AmiMessage): void {
    const leg = call.legs.get(legId);
    const status = Number(event.get('TechCause'));
    if (leg !== undefined && !leg.isAnswered && status >= 300 && status < 700) leg.sipStatus ??= status;
  }
}

/** `PJSIP/1001-0000002a` → `1001`. */
export function extensionOf(channel: string): string | null {
  return /^PJSIP\/([\w.+-]+)-[0-9a-f]{8,}$/.exec(channel)?.[1] ?? null;
}

const directionOf = (text: string): CallInfo['direction'] =>
  text === 'inbound' || text === 'outbound' ? text : 'internal';

/** Asterisk writes `<unknown>` for nothing. */
const presentText = (text: string): string | null => (text === '' || text === '<unknown>' ? null : text);

/** Asterisk leaves the quoted pairs of a SIP display name as they came (RFC 3261 section 25.1). */
const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

function newLeg(id: string, channel: string, who: Pick<TrackedLeg, 'role' | 'extension' | 'isOffer'>): TrackedLeg {
  return {
    id,
    channel,
    ...who,
    isRungFirst: false,
    hasRung: false,
    isAnswered: false,
    isHeld: false,
    sipStatus: null,
    hasTimedOut: false,
  };
}

/** Last three digits only. */
const masked = (number: string): string => (number.length <= 4 ? number : `…${number.slice(-3)}`);

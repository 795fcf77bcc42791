import { randomUUID } from 'node:crypto';
import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { EventStream } from '../../event-stream';
import type { EngineLog } from '../engine-options';
import type { Leg } from '../legs/leg';
import { VirtualLeg } from '../legs/virtual-leg';
import type { AudioSource } from '../media/audio-frame';
import type { MediaClock } from '../media/media-clock';
import { CallRecordings } from '../recording/call-recordings';
import { LegFacts, type LegInfo } from './leg-facts';
import { Room } from './room';

/** What a phone shows of somebody. */
export interface CallerIdentity {
  readonly number: string;
  readonly name: string | null;
}

export interface CallInfo {
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly from: CallerIdentity;
  readonly to: { readonly number: string };
}

export interface CallContext {
  readonly events: EventStream;
  readonly log: EngineLog;
  readonly mediaClock: MediaClock;
  readonly musicOnHold: () => AudioSource;
  readonly recordingsFolder: string;
  readonly nameOf: (extension: string) => string | null;
  readonly isRecorded: (extension: string) => boolean;
  readonly onEnded: (call: CentralCall) => void;
  /** The phone of this agent is gone and a customer is left alone. @returns whether somebody sees to the customer */
  readonly onDeserted: (call: CentralCall, customer: Leg, agent: string) => boolean;
}

/**
 * One conversation in the centre: its legs, its room and its recordings.
 *
 * ```
 *            join          join (third)
 *  1 waits ───────► 2 talk ───────────► 3 to 6 confer
 *     ▲ │ leaves      │ │  one leaves ◄────┘ one leaves
 *     │ └──► ended ◄──┘ │
 *     └─────────────────┘ part: somebody answers for who is left (a transfer); deserted: a queue does
 * ```
 */
export class CentralCall {
  readonly id: string = randomUUID();
  /** The queue in which this call waited last. */
  queueId: string | null = null;
  private readonly room: Room;
  private readonly recordings: CallRecordings;
  private readonly facts: LegFacts;
  private readonly legs = new Map<Leg, LegInfo>();
  private readonly parting = new Set<Leg>();
  /** Legs that live on in another call; their end here is told when this call ends. */
  private readonly givenAway: string[] = [];
  private readonly endingListeners = new Set<() => void>();
  /** Who has just been given the other party, and who takes it back from one that leaves at once. */
  private handedOver: { readonly to: Leg; readonly takeBack: () => void } | null = null;
  private isOver = false;

  constructor(
    readonly info: CallInfo,
    private readonly context: CallContext,
  ) {
    this.room = new Room(
      context.mediaClock,
      context.musicOnHold,
      isOn => context.events.tell({ type: isOn ? 'conference-started' : 'conference-ended', callId: this.id }),
      legs => context.events.tellSpeaking({ callId: this.id, legIds: legs.map(({ id }) => id) }),
    );
    this.recordings = new CallRecordings(this.id, context);
    this.facts = new LegFacts(this.id, context.events);
    context.events.tell({ type: 'call-started', callId: this.id, ...info });
    context.log.info(
      `call ${this.id} started: ${info.direction} ${masked(info.from.number)} → ${masked(info.to.number)}`,
    );
  }

  get hasEnded(): boolean {
    return this.isOver;
  }

  /** Those in the room, first come first. */
  get talking(): readonly Leg[] {
    return this.room.everybody;
  }

  /** Those who are rung too. */
  get everybody(): readonly Leg[] {
    return [...this.legs.keys()];
  }

  has(leg: Leg): boolean {
    return this.legs.has(leg);
  }

  infoOf(leg: Leg): LegInfo | null {
    return this.legs.get(leg) ?? null;
  }

  get hasCustomer(): boolean {
    return [...this.legs.values()].some(({ role }) => role === 'customer');
  }

  /** What another phone shows of this leg. */
  identityOf(leg: Leg): CallerIdentity {
    const { from } = this.info;
    const { number, extension } = this.legs.get(leg) ?? { number: from.number, extension: null };
    if (number === from.number) return from;
    return { number, name: extension === null ? null : this.context.nameOf(extension) };
  }

  /** The one with whom this leg talks; null when it does not talk, or with several. */
  partnerOf(leg: Leg): Leg | null {
    const others = this.talking.filter(other => other !== leg);
    const [partner] = others;
    const isTalk = this.room.has(leg) && leg.state === 'confirmed' && others.length === 1;
    return isTalk && partner?.state === 'confirmed' ? partner : null;
  }

  /** Makes a leg part of this call and tells its facts from now on. It hears nobody until `join`. */
  add(leg: Leg, info: LegInfo): void {
    this.facts.started(leg, info);
    this.listen(leg, info);
  }

  private listen(leg: Leg, info: LegInfo): void {
    this.legs.set(leg, info);
    this.facts.follow(leg, {
      isHere: () => this.legs.get(leg) === info,
      onHoldChanged: () => this.holdChanged(leg),
      onEnded: cause => this.legEnded(leg, cause),
    });
  }

  /** The leg takes part in the conversation. */
  join(leg: Leg): void {
    this.room.join(leg);
  }

  /** Takes in a leg that another call has released: a new one in the facts, answered at once. It hears nobody until `join`. */
  adopt(leg: Leg, info: LegInfo): void {
    leg.takeNewId();
    leg.treatment = null;
    leg.isMuted = false;
    leg.isHeldByOrder = false;
    this.add(leg, { ...info });
    this.facts.answered(leg);
    if (leg.isHolding) this.facts.holdChanged(leg);
  }

  /** Lets a living leg go to another call. This one has to end next. */
  release(leg: Leg): LegInfo | null {
    const info = this.legs.get(leg);
    if (info === undefined) return null;
    this.recordings.finish(leg);
    this.givenAway.push(leg.id);
    this.room.release(leg);
    this.legs.delete(leg);
    return info;
  }

  /** Ends the leg of who transfers. The call does not end with it: the transfer answers for whoever is left. */
  part(leg: Leg): void {
    this.parting.add(leg);
    leg.hangUp('transferred');
  }

  /**
   * The leg has come to the other party in the moment, and may not know it yet: if it leaves before `isSettled` is called, it meant whom it
   * talked with before, and the other party is taken back instead of being let go.
   * @returns isSettled
   */
  handOver(to: Leg, takeBack: () => void): () => void {
    const handedOver = { to, takeBack };
    this.handedOver = handedOver;
    return () => {
      if (this.handedOver === handedOver) this.handedOver = null;
    };
  }

  /** An agent answered the customer of a queue; simulated customers begin to talk. Phones were answered when they joined the queue. */
  customerConnected(leg: Leg): void {
    if (leg instanceof VirtualLeg) leg.answer();
  }

  /** Records the first customer when one of the agents here is recorded. Goes on in the same file. */
  recordIfWanted(): void {
    const infos = [...this.legs].filter(([leg]) => this.room.has(leg));
    const customer = infos.find(([, { role }]) => role === 'customer')?.[0];
    const isWanted = infos.some(([, { extension }]) => extension !== null && this.context.isRecorded(extension));
    if (isWanted && customer !== undefined) this.recordings.start(customer);
  }

  /** @returns false when nothing of this call is recorded */
  setRecordingPaused(isPaused: boolean): boolean {
    return this.recordings.setPaused(isPaused);
  }

  setMuted(leg: Leg, isMuted: boolean): void {
    if (leg.isMuted === isMuted) return;
    leg.isMuted = isMuted;
    this.facts.muteChanged(leg);
  }

  /**
   * The two lines of one phone change places: each goes on in the other's call, under the other's name. Nobody is told anything but who is
   * on hold now.
   */
  changeLines(own: Leg, other: CentralCall, otherOwn: Leg): void {
    const [ownId, otherId] = [own.id, otherOwn.id];
    const [info, otherInfo] = [this.giveUp(own), other.giveUp(otherOwn)];
    own.takeIdOf(otherId);
    otherOwn.takeIdOf(ownId);
    for (const leg of [own, otherOwn]) leg.isHeldByOrder = false;
    this.takeIn(otherOwn, info);
    other.takeIn(own, otherInfo);
  }

  private giveUp(leg: Leg): LegInfo {
    const info = this.legs.get(leg);
    if (info === undefined) throw new Error(`leg ${leg.id} is not in call ${this.id}`);
    this.legs.delete(leg);
    this.room.leave(leg);
    return info;
  }

  private takeIn(leg: Leg, info: LegInfo): void {
    this.listen(leg, { ...info });
    this.room.join(leg);
    this.holdChanged(leg);
  }

  /** Holds for a phone, or no longer. What the phone itself holds stays so. */
  setHeld(leg: Leg, isHeld: boolean): void {
    if (leg.isHeldByOrder === isHeld || leg.isHeldAtPhone) return;
    leg.isHeldByOrder = isHeld;
    this.holdChanged(leg);
  }

  /** As if the phone of this extension had hung up. @returns false when it is not in this call */
  hangUpFor(extension: string): boolean {
    const own = [...this.legs].find(([, info]) => info.extension === extension)?.[0];
    if (own === undefined) return false;
    // Who is still being rung goes with who dials.
    if (this.room.has(own) && this.talking.length > 1) own.hangUp('completed');
    else this.end('agent-cancelled');
    return true;
  }

  /** Runs before the legs are hung up. The returned function takes the listener back. */
  onEnding(listener: () => void): () => void {
    this.endingListeners.add(listener);
    return () => void this.endingListeners.delete(listener);
  }

  /** Ends every leg and the call. */
  end(cause: EndCause, sipStatus?: number): void {
    if (this.isOver) return;
    this.isOver = true;
    const { events, log, onEnded } = this.context;
    for (const listener of this.endingListeners) listener();
    this.room.close();
    for (const legId of this.givenAway) this.facts.ended(legId, 'transferred');
    for (const leg of this.legs.keys()) leg.hangUp(cause, sipStatus);
    this.recordings.finishAll();
    events.tell({ type: 'call-ended', callId: this.id, cause });
    log.info(`call ${this.id} ended: ${cause}`);
    onEnded(this);
  }

  private holdChanged(leg: Leg): void {
    this.facts.holdChanged(leg);
    this.room.tellHeld();
  }

  private legEnded(leg: Leg, cause: EndCause): void {
    this.context.mediaClock.catchUp(); // a recording ends with its last word, also when the process was late
    const wasTalking = this.room.has(leg);
    const agent = this.infoOf(leg)?.extension ?? null;
    this.legs.delete(leg);
    this.room.leave(leg);
    this.facts.ended(leg.id, cause);
    const hasLeft = wasTalking && !this.parting.delete(leg) && !this.isOver;
    if (hasLeft && this.talking.length < 2) this.onlyOneIsLeft(leg, agent, cause);
    else if (hasLeft) this.room.goOn();
    this.recordings.finish(leg);
  }

  private onlyOneIsLeft(gone: Leg, agent: string | null, cause: EndCause): void {
    const { handedOver } = this;
    if (handedOver?.to === gone && this.talking.length === 1) {
      this.room.goOn();
      handedOver.takeBack();
    } else if (cause !== 'line-lost' || agent === null || !this.isDeserted(agent)) this.end(cause);
  }

  private isDeserted(agent: string): boolean {
    const [left] = this.talking;
    if (left === undefined || this.infoOf(left)?.role !== 'customer') return false;
    this.room.goOn();
    return this.context.onDeserted(this, left, agent);
  }
}

/** Last three digits only. */
const masked = (number: string): string => (number.length <= 4 ? number : `…${number.slice(-3)}`);

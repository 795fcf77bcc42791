import { randomUUID } from 'node:crypto';
import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { EventStream } from '../event-stream';
import type { EngineLog } from '../engine-options';
import { Bridge } from '../media/bridge';
import type { AudioSource } from '../media/audio-frame';
import type { MediaClock } from '../media/media-clock';
import { LegRecorder } from '../recording/leg-recorder';
import type { Leg } from './leg';
import { VirtualLeg } from './virtual-leg';

export interface CallInfo {
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly from: { readonly number: string; readonly name: string | null };
  readonly to: { readonly number: string };
}

interface LegInfo {
  readonly role: 'customer' | 'agent';
  readonly number: string;
  readonly extension: string | null;
}

export interface CallContext {
  readonly events: EventStream;
  readonly log: EngineLog;
  readonly mediaClock: MediaClock;
  readonly musicOnHold: () => AudioSource;
  readonly recordingsFolder: string;
  readonly onEnded: (call: CentralCall) => void;
}

/** One conversation in the centre: its legs, its bridge, its recording, and the facts told about them. */
export class CentralCall {
  readonly id = randomUUID();
  private readonly bridge: Bridge;
  private readonly legs = new Map<Leg, LegInfo>();
  private readonly members = new Set<Leg>();
  private readonly endingListeners = new Set<() => void>();
  private readonly openRecordings = new Set<() => void>();
  private isOver = false;

  constructor(
    readonly info: CallInfo,
    private readonly context: CallContext,
  ) {
    this.bridge = new Bridge(context.mediaClock, context.musicOnHold);
    context.events.tell({ type: 'call-started', callId: this.id, ...info });
    context.log.info(
      `call ${this.id} started: ${info.direction} ${masked(info.from.number)} → ${masked(info.to.number)}`,
    );
  }

  get hasEnded(): boolean {
    return this.isOver;
  }

  /** Makes a leg part of this call and tells its facts from now on. It hears nobody until `join`. */
  add(leg: Leg, info: LegInfo): void {
    const { events } = this.context;
    const names = { callId: this.id, legId: leg.id };
    this.legs.set(leg, info);
    events.tell({ type: 'leg-started', ...names, ...info });
    let hasRung = false;
    leg.on('ringing', () => {
      if (!hasRung) events.tell({ type: 'leg-ringing', ...names });
      hasRung = true;
    });
    leg.on('answered', () => events.tell({ type: 'leg-answered', ...names }));
    leg.on('held', () => this.holdChanged(leg, true));
    leg.on('resumed', () => this.holdChanged(leg, false));
    leg.on('dtmf', dtmf => events.tell({ type: 'dtmf', ...names, ...dtmf }));
    leg.on('ended', cause => this.legEnded(leg, cause));
  }

  /** The leg takes part in the conversation: when it ends, the call ends. */
  join(leg: Leg): void {
    this.members.add(leg);
    this.bridge.join(leg);
  }

  /** An agent answered the customer of a queue; simulated customers begin to talk. Phones were answered when they joined the queue. */
  customerConnected(leg: Leg): void {
    if (leg instanceof VirtualLeg) leg.answer();
  }

  /** Records a leg from now until it ends. */
  record(leg: Leg): void {
    if (leg.tap !== null || leg.state === 'ended') return;
    const { events, log, recordingsFolder } = this.context;
    const recorder = this.openRecorder(recordingsFolder, log);
    if (recorder === null) return;
    const names = { callId: this.id, recordingId: recorder.recordingId, file: recorder.file };
    this.context.mediaClock.catchUp(); // what is overdue belongs to the time before
    leg.tap = recorder;
    events.tell({ type: 'recording-started', ...names });
    const finish = (): void => {
      if (!this.openRecordings.delete(finish)) return;
      leg.tap = null;
      recorder.close();
      events.tell({ type: 'recording-finished', ...names, durationMs: recorder.durationMs });
    };
    this.openRecordings.add(finish);
    leg.once('ended', finish);
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
    for (const listener of this.endingListeners) listener();
    for (const leg of this.legs.keys()) leg.hangUp(cause, sipStatus);
    for (const finish of this.openRecordings) finish(); // the leg whose end brought us here tells of it only afterwards
    this.context.events.tell({ type: 'call-ended', callId: this.id, cause });
    this.context.log.info(`call ${this.id} ended: ${cause}`);
    this.context.onEnded(this);
  }

  private openRecorder(folder: string, log: EngineLog): LegRecorder | null {
    try {
      return new LegRecorder(folder, log);
    } catch (error) {
      log.error(`call ${this.id} is not recorded: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  private holdChanged(leg: Leg, isHeld: boolean): void {
    this.context.events.tell({ type: isHeld ? 'leg-held' : 'leg-resumed', callId: this.id, legId: leg.id });
    for (const other of this.members) if (other !== leg) other.onPeerHold(isHeld);
  }

  private legEnded(leg: Leg, cause: EndCause): void {
    this.context.mediaClock.catchUp(); // a recording ends with its last word, also when the process was late
    this.legs.delete(leg);
    this.bridge.leave(leg);
    this.context.events.tell({ type: 'leg-ended', callId: this.id, legId: leg.id, cause });
    if (this.members.delete(leg)) this.end(cause);
  }
}

/** Last three digits only. */
const masked = (number: string): string => (number.length <= 4 ? number : `…${number.slice(-3)}`);

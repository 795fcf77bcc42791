import { mkdirSync } from 'node:fs';
import type { Clock } from '../../../src-shared/base/clock';
import { AppError } from '../../../src-shared/errors/app-error';
import type { LineCredential } from '../../../src-shared/line/line-state';
import type { ServerLog } from '../../server-log';
import { EventStream } from '../event-stream';
import {
  type Extension,
  type Speaking,
  type Telephony,
  type TelephonyDirectory,
  type TelephonyEvent,
  type WaitingCaller,
} from '../telephony';
import { AmiConnection } from './ami/ami-connection';
import type { AmiMessage } from './ami/ami-message';
import { orUnreachable } from './ami/or-unreachable';
import { type AsteriskTiming, defaultTiming, settingsOf } from './asterisk-timing';
import { BridgeWatch } from './calls/bridge-watch';
import { CallTracker } from './calls/call-tracker';
import { ChannelOrders } from './calls/channel-orders';
import { completeTransfer } from './calls/complete-transfer';
import { ConferenceDesk } from './calls/conference-desk';
import { hangUpFor } from './calls/hang-up-for';
import { HoldDesk } from './calls/hold-desk';
import { orderTransfer } from './calls/order-transfer';
import { reconcile } from './calls/reconcile';
import { SendingOn } from './calls/sending-on';
import type { TellFact, TrackedCall } from './calls/tracked-call';
import type { TrackedLeg } from './calls/tracked-leg';
import { withdrawOffers } from './calls/withdraw-offers';
import type { AsteriskAccess } from './config/config-options';
import { ClickToDial } from './lines/click-to-dial';
import { LineDesk } from './lines/line-desk';
import { LostPhones } from './lines/lost-phones';
import { type AskWhetherThere, SilentPhones } from './lines/silent-phones';
import { PassOver } from './queues/pass-over';
import { QueueSync } from './queues/queue-sync';
import { WaitingOrder } from './queues/waiting-order';
import { Reachability } from './reachability';
import { LeftRecordings } from './recording/left-recordings';
import { RecordingDesk } from './recording/recording-desk';

/** The directory has no bell: how often a change of people or queues is looked for. */
const directoryLookMs = 2000;
/** Q.850 cause with which callers of a closed queue are let go: subscriber absent. */
const noRoute = 20;
/** A server whose Asterisk is down starts all the same, after this time. */
const startPatienceMs = 5000;

export interface AsteriskTelephonyOptions {
  readonly access: AsteriskAccess;
  /** What phones connect to, if not Asterisk's own address: an address, or a path of the one at which they reach the centre. */
  readonly sipUrl?: string | null;
  /** Phones that know no SHA-256 digest may register too. */
  readonly allowMd5?: boolean;
  readonly directory: TelephonyDirectory;
  /** Asks an app over its connection to the centre; without it nobody can. */
  readonly isThere?: AskWhetherThere;
  /** Finished recordings lie here as `<recordingId>.wav`; made if it is missing. */
  readonly recordingsFolder: string;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly timing?: Partial<AsteriskTiming>;
}

/**
 * Asterisk 22 as the telephony engine: told what to do over AMI and ARI, heard over AMI. Calls live in Asterisk and outlive
 * this process; what happens while there is no connection is read back and told afterwards.
 */
export class AsteriskTelephony implements Telephony {
  readonly name = 'asterisk';
  private readonly events: EventStream;
  private readonly ami: AmiConnection;
  private readonly channels: ChannelOrders;
  private readonly calls: CallTracker;
  private readonly lines: LineDesk;
  private readonly queues: QueueSync;
  private readonly recordings: RecordingDesk;
  private readonly left: LeftRecordings;
  private readonly order: WaitingOrder;
  private readonly clicks: ClickToDial;
  private readonly conferences: ConferenceDesk;
  private readonly holds: HoldDesk;
  private readonly sendings: SendingOn;
  private readonly bridges = new BridgeWatch(
    () => this.calls,
    call => this.recordings.otherEnd(call),
  );
  private readonly lost: LostPhones;
  private readonly silent: SilentPhones;
  private readonly passOver: PassOver;
  private readonly reachability: Reachability;
  private hasBeenUp = false;
  /** Events that arrive while the state is read wait until it is: they are newer. */
  private heldBack: AmiMessage[] | null = [];
  private cancelLook: () => void = () => undefined;
  private onFirstUp: () => void = () => undefined;

  constructor(private readonly options: AsteriskTelephonyOptions) {
    const { access, clock, log, directory, recordingsFolder } = options;
    this.events = new EventStream(clock, log);
    this.ami = new AmiConnection({
      ...access.ami,
      clock,
      log,
      onEvent: event => (this.heldBack === null ? this.hear(event) : void this.heldBack.push(event)),
      onUp: () => this.cameUp(),
      onDown: () => this.wentDown(),
    });
    const { ami, tell } = this;
    this.reachability = new Reachability({
      clock,
      tell: isThere => tell({ type: isThere ? 'engine-back' : 'engine-lost' }),
    });
    this.lines = new LineDesk({
      ami,
      access,
      directory,
      clock,
      log,
      tell,
      sipUrl: options.sipUrl ?? null,
      allowMd5: options.allowMd5 === true,
      onReplaced: extension => this.lost.replaced(extension),
    });
    const { recordingsInAsterisk: inAsterisk, recordingsHere: here } = access;
    const onSynced = (queueIds: ReadonlySet<string>): Promise<void> => this.closeOthers(queueIds);
    const timing = { ...defaultTiming, ...options.timing };
    this.queues = new QueueSync({ ami, directory, clock, log, settings: settingsOf(timing), onSynced });
    this.recordings = new RecordingDesk({ ami, tell, clock, log, inAsterisk, here, recordingsFolder });
    this.left = new LeftRecordings({ ami, tell, clock, log, here, recordingsFolder });
    this.channels = new ChannelOrders({ ami, clock, log });
    this.calls = this.newTracker();
    this.passOver = new PassOver({ queues: this.queues, calls: this.calls, log });
    const watched = { ami, clock, log, calls: this.calls };
    this.conferences = new ConferenceDesk(watched);
    this.sendings = new SendingOn(ami, this.calls, clock);
    this.holds = new HoldDesk(watched);
    const isRegistered = (extension: string): boolean => this.lines.isRegistered(extension);
    this.lost = new LostPhones({ ...watched, isRegistered });
    this.silent = new SilentPhones({
      ...watched,
      countEveryMs: timing.countEveryMs,
      silentMs: timing.silentPhoneMs,
      isApp: extension => this.extensionNamed(extension)?.deskPhone === null,
      isThere: options.isThere ?? (async () => null),
      onSilent: leg => void this.phoneGone(leg),
    });
    this.order = new WaitingOrder({ ami, tell, calls: this.calls });
    this.clicks = new ClickToDial({
      ...watched,
      extensionNamed: extension => this.extensionNamed(extension),
      queues: () => directory.queues(),
      isRegistered,
      ringMs: timing.ownPhoneRingMs,
    });
  }

  async start(): Promise<void> {
    mkdirSync(this.options.recordingsFolder, { recursive: true, mode: 0o700 });
    const isUp = new Promise<void>(resolve => (this.onFirstUp = resolve));
    this.reachability.away();
    this.ami.start();
    let cancel: () => void = () => undefined;
    const patience = new Promise<void>(resolve => {
      cancel = this.options.clock.after(startPatienceMs, () => {
        this.options.log.warn('asterisk: not reached yet; nobody can call until it is');
        resolve();
      });
    });
    await Promise.race([isUp, patience]);
    cancel();
    this.silent.start();
    this.look();
  }

  /** Calls go on in Asterisk; for the journal they end here. */
  async stop(): Promise<void> {
    this.cancelLook();
    this.reachability.stop();
    this.silent.stop();
    this.queues.stop();
    this.clicks.stop();
    const running = this.calls.running;
    await Promise.all(running.map(call => this.recordings.finish(call, true)));
    await Promise.all(running.map(call => this.calls.end(call, 'failed')));
    this.ami.stop();
  }

  onEvent(listener: (event: TelephonyEvent) => void): () => void {
    return this.events.subscribe(listener);
  }

  onSpeaking(listener: (speaking: Speaking) => void): () => void {
    return this.events.subscribeSpeaking(listener);
  }

  /** Phones connect to Asterisk itself, or to what leads them there, not to the central server. */
  issueLineCredential(extension: string, webSocketUrl: string): Promise<LineCredential> {
    return this.lines.issue(extension, webSocketUrl);
  }

  revokeLineCredential(extension: string): Promise<void> {
    return this.lines.revoke(extension);
  }

  async setMemberPaused(
    extension: string,
    isPaused: boolean,
    reason: string | null,
    queueId: string | null = null,
  ): Promise<void> {
    await this.queues.setPaused(extension, { isPaused, reason }, queueId);
  }

  async waitingCallers(queueId: string): Promise<readonly WaitingCaller[]> {
    this.demandQueue(queueId);
    return orUnreachable(this.order.waiting(queueId), this.ami);
  }

  async moveWaitingCaller(queueId: string, callId: string, position: number): Promise<readonly WaitingCaller[]> {
    this.demandQueue(queueId);
    return orUnreachable(this.order.move(queueId, callId, position), this.ami);
  }

  dial(extension: string, number: string): Promise<string> {
    return orUnreachable(this.clicks.dial(extension, number), this.ami);
  }

  async mergeCalls(callId: string, consultCallId: string): Promise<void> {
    await this.conferences.merge(callId, consultCallId);
  }

  transferCall(callId: string, extension: string, number: string): Promise<void> {
    return orderTransfer(this.calls, this.ami, { callId, extension, number });
  }

  completeTransfer(callId: string, consultCallId: string, extension: string): Promise<void> {
    const { calls, ami } = this;
    return completeTransfer({ calls, ami, log: this.options.log }, { callId, consultCallId, extension });
  }

  sendOn(callId: string, extension: string, number: string): Promise<void> {
    return orUnreachable(this.sendings.sendOn({ callId, extension, number }), this.ami);
  }

  hangUpFor(callId: string, extension: string): Promise<void> {
    return hangUpFor(this.calls, this.ami, { callId, extension });
  }

  setHeld(callId: string, extension: string, isHeld: boolean): Promise<void> {
    return orUnreachable(this.holds.setHeld(callId, extension, isHeld), this.ami);
  }

  async setPartyMuted(callId: string, legId: string, isMuted: boolean): Promise<void> {
    await orUnreachable(this.conferences.setMuted(callId, legId, isMuted), this.ami);
  }

  async dropParty(callId: string, legId: string): Promise<void> {
    await orUnreachable(this.conferences.drop(callId, legId), this.ami);
  }

  withdrawOffers(extension: string): Promise<void> {
    return withdrawOffers(this.calls, this.ami, extension);
  }

  async setRecordingPaused(callId: string, isPaused: boolean): Promise<void> {
    await orUnreachable(this.recordings.setPaused(callId, isPaused), this.ami);
  }

  isRegistered(extension: string): boolean {
    return this.lines.isRegistered(extension);
  }

  private readonly tell: TellFact = fact => {
    this.passOver.hear(fact);
    if (fact.type === 'line-unregistered' && fact.reason !== 'replaced') this.lost.lineGone(fact.extension);
    if (fact.type === 'conference-ended') this.conferences.ended(fact.callId);
    this.events.tell(fact);
  };

  private newTracker(): CallTracker {
    return new CallTracker({
      tell: this.tell,
      log: this.options.log,
      onConnected: call => this.connected(call),
      onHold: (leg, isHeld) => {
        this.channels.muteWhileHeld(leg, isHeld);
        if (!isHeld && leg.isHeldByOrder) this.holds.takenBack(leg);
      },
      onRung: leg => this.lost.rung(leg),
      onMoved: (leg, call) => {
        this.channels.belongsTo(leg, call);
        this.conferences.moved(leg);
      },
      onHandedOver: (party, to) => this.channels.handedOver(party, to),
      onChannelGone: (call, channel) => this.recordings.channelGone(call, channel),
      onSpeaking: speaking => this.events.tellSpeaking(speaking),
      onWaitsForPair: (call, uniqueid) => this.conferences.waitsForPair(call, uniqueid),
      onEnding: (call, isStillTalking) => this.recordings.finish(call, isStillTalking),
    });
  }

  /** To Asterisk it is still there: its customer, who is the next in the queue, would be offered to it. */
  private async phoneGone(leg: TrackedLeg): Promise<void> {
    if (leg.extension !== null) await this.passOver.inAllQueues(leg.extension);
    this.lost.silent(leg);
  }

  private hear(event: AmiMessage): void {
    if (event.get('Event') === 'ContactStatus') this.lines.hear(event);
    else {
      this.clicks.hear(event);
      this.bridges.hear(event);
      this.left.hear(event);
      this.calls.hear(event);
      this.holds.hear(event);
      this.sendings.hear(event);
    }
  }

  /** What was there before, what Asterisk says now, and then what it said meanwhile. */
  private async cameUp(): Promise<void> {
    this.heldBack = [];
    await this.lines.restore();
    await this.queues.syncAll();
    const waiting = (await this.ami.list({ Action: 'QueueStatus' })).filter(each => each.get('Event') === 'QueueEntry');
    const channels = await this.ami.list({ Action: 'CoreShowChannels' });
    await Promise.all(channels.map(channel => this.channels.handOverIsOver(channel.get('Channel'))));
    if (this.hasBeenUp) this.left.onlyThese(channels);
    else {
      await this.left.pickUp(channels);
      await this.holds.release(channels);
    }
    reconcile(this.calls, { channels, waiting }, !this.hasBeenUp);
    this.hasBeenUp = true;
    const held = this.heldBack;
    this.heldBack = null;
    for (const event of held) this.hear(event);
    this.reachability.there();
    this.onFirstUp();
  }

  private wentDown(): void {
    this.heldBack = [];
    this.reachability.away();
  }

  private connected(call: TrackedCall): void {
    const { direction } = call.info;
    if (direction === 'internal') return;
    const isRecorded = call.parties.some(
      ({ extension }) => extension !== null && this.extensionNamed(extension)?.isRecorded === true,
    );
    if (isRecorded) this.recordings.start(call);
  }

  /** Callers of a queue that was taken away would wait for ever. */
  private async closeOthers(queueIds: ReadonlySet<string>): Promise<void> {
    for (const call of this.calls.running) {
      if (call.waitsIn === null || queueIds.has(call.waitsIn)) continue;
      call.queueClosed();
      await this.ami.action({ Action: 'Hangup', Channel: call.anchor.channel, Cause: noRoute });
    }
  }

  private look(): void {
    this.cancelLook = this.options.clock.after(directoryLookMs, () => {
      this.look();
      if (!this.ami.isConnected || this.heldBack !== null) return;
      Promise.all([this.queues.syncIfChanged(), this.lines.keepUp()]).catch((error: unknown) =>
        this.options.log.warn(`asterisk: not as the directory has it: ${String(error)}`),
      );
    });
  }

  private demandQueue(queueId: string): void {
    if (!this.options.directory.queues().some(({ id }) => id === queueId))
      throw new AppError('not-found', `no queue ${queueId}`);
  }

  private extensionNamed(extension: string): Extension | undefined {
    return this.options.directory.extensions().find(known => known.extension === extension);
  }
}

import { mkdirSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LineCredential } from '../../../src-shared/line/line-state';
import { AppError } from '../../../src-shared/errors/app-error';
import type { Extension, Speaking, Telephony, TelephonyEvent, WaitingCaller } from '../telephony';
import { Distributor } from './acd/distributor';
import { MemberTable } from './acd/member-table';
import { CallRouter } from './call/call-router';
import { CallTable } from './call/call-table';
import { CentralCall, type CallContext, type CallInfo } from './call/central-call';
import { EmbeddedCallControl } from './control/call-control';
import { PhoneLegs } from './legs/phone-legs';
import { SilentPhones } from './legs/silent-phones';
import type { SipLeg, SipLegContext } from './legs/sip-leg';
import { defaultTiming, type EmbeddedTelephonyOptions, type EngineTiming } from './engine-options';
import { EventStream } from '../event-stream';
import { MediaClock, type Punctuality } from './media/media-clock';
import { SoundLibrary } from './media/sound-library';
import { LineDesk } from './registrar/line-desk';
import type { Binding } from './registrar/location';
import { CustomerVoice, backOnLineFileFor } from './scenario/customer-voice';
import { CustomerOnThePhone, type SimulatedCaller, type SimulatedCallerOptions } from './scenario/simulated-caller';
import { backToQueue } from './transfer/return-to-sender';
import { TransferDesk } from './transfer/transfer-desk';

/** What a phone sent, for tests and diagnostics. */
interface LegStatistics {
  readonly packetsReceived: number;
  /** Nothing of these was heard by anybody. */
  readonly packetsBeforeAnswer: number;
  /** ms since the epoch, with fractions; null while nothing has come. */
  readonly firstPacketAfterAnswerAt: number | null;
}

/**
 * The telephony engine inside the central server: registrar, B2BUA, queues, media and recordings in this process, over
 * SIP in WebSockets (RFC 7118). It has no port of its own. For one machine: demonstration, development and tests.
 */
export class EmbeddedTelephony implements Telephony {
  readonly name = 'embedded';
  private readonly timing: EngineTiming;
  private readonly events: EventStream;
  private readonly sounds: SoundLibrary;
  private readonly members: MemberTable;
  private readonly mediaClock = new MediaClock();
  private readonly calls = new CallTable();
  private readonly mediaClosings = new Set<Promise<void>>();
  private readonly phoneLegs: PhoneLegs;
  private readonly silent: SilentPhones;
  private readonly lines: LineDesk;
  private readonly callContext: CallContext;
  private readonly distributor: Distributor;
  private readonly router: CallRouter;
  private readonly transfers: TransferDesk;
  private readonly control: EmbeddedCallControl;

  constructor(private readonly options: EmbeddedTelephonyOptions) {
    const { clock, log, directory, domain } = options;
    this.timing = { ...defaultTiming, ...options.timing };
    this.events = new EventStream(clock, log);
    this.sounds = new SoundLibrary(options.assetsFolder ?? null, log);
    this.members = new MemberTable(clock);
    this.phoneLegs = new PhoneLegs(leg => this.legGone(leg));
    this.silent = new SilentPhones({ clock, log, timing: this.timing, legs: this.phoneLegs });
    this.lines = new LineDesk({
      clock,
      log,
      events: this.events,
      domain,
      timing: this.timing,
      digestAlgorithms: options.digestAlgorithms ?? ['SHA-256'],
      deskPhoneOf: extension => this.extension(extension)?.deskPhone ?? null,
      onReachable: () => this.distributor.wake(),
      onInvite: (flow, extension, request) => this.router.receive(flow, extension, request),
      onReplaced: flow => this.phoneLegs.phoneReplaced(flow),
      isInCall: flow => this.phoneLegs.isUsing(flow),
    });
    this.callContext = {
      events: this.events,
      log,
      mediaClock: this.mediaClock,
      musicOnHold: () => this.sounds.musicOnHold(),
      recordingsFolder: options.recordingsFolder,
      nameOf: extension => this.extension(extension)?.displayName ?? null,
      isRecorded: extension => this.extension(extension)?.isRecorded ?? false,
      onEnded: call => this.calls.delete(call),
      onDeserted: (call, customer, agent) => {
        const { directory } = this.options;
        return backToQueue(call, customer, agent, { directory, distributor: this.distributor });
      },
    };
    const offerContext = { clock, events: this.events, timing: this.timing, legContext: this.legContext() };
    this.distributor = new Distributor({
      clock,
      events: this.events,
      directory,
      members: this.members,
      offerContext,
      passOverMs: this.timing.passOverMs,
      freePhoneOf: extension => this.freePhoneOf(extension),
      musicOnHold: () => this.sounds.musicOnHold(),
    });
    const { distributor, lines, sounds, timing, calls, phoneLegs, callContext } = this;
    const mayRing = (extension: string): boolean =>
      directory.takesSecondCalls?.(extension) !== false || !phoneLegs.isBusy(extension);
    const shared = { clock, log, directory, distributor, lines, sounds, timing, offerContext, mayRing };
    this.router = new CallRouter({ ...shared, callContext, newCall: info => this.newCall(info) });
    this.transfers = new TransferDesk({ ...shared, calls, phoneLegs });
    this.control = new EmbeddedCallControl({ calls, distributor, router: this.router, transfers: this.transfers });
  }

  async start(): Promise<void> {
    mkdirSync(this.options.recordingsFolder, { recursive: true });
    this.distributor.start();
    this.lines.open();
    this.silent.start();
  }

  async stop(): Promise<void> {
    this.distributor.stop();
    this.silent.stop();
    this.lines.refuseCalls();
    for (const call of this.calls.all) call.end('failed');
    await this.lines.close();
    this.mediaClock.stop();
    await Promise.allSettled(this.mediaClosings);
  }

  onEvent(listener: (event: TelephonyEvent) => void): () => void {
    return this.events.subscribe(listener);
  }

  onSpeaking(listener: (speaking: Speaking) => void): () => void {
    return this.events.subscribeSpeaking(listener);
  }

  async issueLineCredential(extension: string, webSocketUrl: string): Promise<LineCredential> {
    const known = this.extension(extension);
    if (known === null) throw new AppError('not-found', `no extension ${extension}`);
    if (known.deskPhone !== null) throw new AppError('line/refused', `the phone of ${extension} is on the desk`);
    const { secret, expiresAt } = this.lines.secrets.mint(extension);
    return {
      webSocketUrl,
      sipUri: `sip:${extension}@${this.options.domain}`,
      authorizationUser: extension,
      secret,
      displayName: known.displayName,
      expiresAt,
      allowMd5: this.options.digestAlgorithms?.includes('MD5') ?? false,
    };
  }

  async revokeLineCredential(extension: string): Promise<void> {
    this.lines.secrets.revoke(extension);
    this.lines.location.remove(extension, 'revoked');
  }

  async setMemberPaused(
    extension: string,
    isPaused: boolean,
    _reason: string | null,
    queueId: string | null = null,
  ): Promise<void> {
    this.members.setPaused(extension, isPaused, queueId);
    this.distributor.wake();
  }

  isRegistered(extension: string): boolean {
    return this.lines.location.find(extension) !== null;
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.lines.handleUpgrade(request, socket, head);
  }

  waitingCallers(queueId: string): Promise<readonly WaitingCaller[]> {
    return this.control.waitingCallers(queueId);
  }

  moveWaitingCaller(queueId: string, callId: string, position: number): Promise<readonly WaitingCaller[]> {
    return this.control.moveWaitingCaller(queueId, callId, position);
  }

  dial(extension: string, number: string): Promise<string> {
    return this.control.dial(extension, number);
  }

  mergeCalls(callId: string, consultCallId: string): Promise<void> {
    return this.control.mergeCalls(callId, consultCallId);
  }

  transferCall(callId: string, extension: string, number: string): Promise<void> {
    return this.control.transferCall(callId, extension, number);
  }

  completeTransfer(callId: string, consultCallId: string, extension: string): Promise<void> {
    return this.control.completeTransfer(callId, consultCallId, extension);
  }

  sendOn(callId: string, extension: string, number: string): Promise<void> {
    return this.control.sendOn(callId, extension, number);
  }

  hangUpFor(callId: string, extension: string): Promise<void> {
    return this.control.hangUpFor(callId, extension);
  }

  setHeld(callId: string, extension: string, isHeld: boolean): Promise<void> {
    return this.control.setHeld(callId, extension, isHeld);
  }

  setPartyMuted(callId: string, legId: string, isMuted: boolean): Promise<void> {
    return this.control.setPartyMuted(callId, legId, isMuted);
  }

  dropParty(callId: string, legId: string): Promise<void> {
    return this.control.dropParty(callId, legId);
  }

  withdrawOffers(extension: string): Promise<void> {
    return this.control.withdrawOffers(extension);
  }

  setRecordingPaused(callId: string, isPaused: boolean): Promise<void> {
    return this.control.setRecordingPaused(callId, isPaused);
  }

  /** A customer who is not a person calls a queue. */
  simulateCaller(options: SimulatedCallerOptions): SimulatedCaller {
    const queue = this.options.directory.queues().find(({ id }) => id === options.queueId);
    if (queue === undefined) throw new AppError('not-found', `no queue ${options.queueId}`);
    const voice = new CustomerVoice(options.voice, this.sounds, backOnLineFileFor(options.voice));
    const customer = new CustomerOnThePhone(options, voice, this.options.clock);
    const call = this.newCall({
      direction: 'inbound',
      from: { number: options.number, name: options.name },
      to: { number: queue.number },
    });
    customer.callId = call.id;
    call.add(customer.leg, { role: 'customer', number: options.number, extension: null });
    call.join(customer.leg);
    this.distributor.join(call, customer.leg, queue);
    return customer;
  }

  /** Figures of a phone's living leg; null when there is none. */
  legStatistics(legId: string): LegStatistics | null {
    const leg = this.phoneLegs.find(legId);
    if (leg === null) return null;
    const { packetsReceived, packetsBeforeAnswer, firstPacketAfterAnswerAt } = leg.port;
    return { packetsReceived, packetsBeforeAnswer, firstPacketAfterAnswerAt };
  }

  /** How punctually everybody's sound is mixed. */
  punctuality(): Punctuality {
    return this.mediaClock.punctuality;
  }

  private newCall(info: CallInfo): CentralCall {
    const call = new CentralCall(info, this.callContext);
    this.calls.add(call);
    return call;
  }

  private legContext(): SipLegContext {
    return {
      clock: this.options.clock,
      log: this.options.log,
      timing: this.timing,
      onCreated: leg => this.phoneLegs.add(leg),
      onRefer: (leg, request) => this.transfers.receive(leg, request),
      onMediaClosing: closing => {
        const settled = closing.catch((error: unknown) => this.options.log.warn(`media not closed: ${String(error)}`));
        this.mediaClosings.add(settled);
        void settled.then(() => this.mediaClosings.delete(settled));
      },
    };
  }

  private legGone(leg: SipLeg): void {
    this.distributor.wake();
    this.lines.disposeIfDead(leg.flow);
  }

  private extension(extension: string): Extension | null {
    return this.options.directory.extensions().find(known => known.extension === extension) ?? null;
  }

  private freePhoneOf(extension: string): Binding | null {
    return this.phoneLegs.isBusy(extension) ? null : this.lines.reachable(extension);
  }
}

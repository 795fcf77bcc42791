import { mkdirSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LineCredential } from '../../../src-shared/line/line-state';
import { AppError } from '../../../src-shared/errors/app-error';
import type { Telephony, TelephonyEvent } from '../telephony';
import { Distributor } from './acd/distributor';
import { MemberTable } from './acd/member-table';
import { CallRouter } from './call/call-router';
import { CentralCall, type CallContext, type CallInfo } from './call/central-call';
import { PhoneLegs } from './call/phone-legs';
import type { SipLeg, SipLegContext } from './call/sip-leg';
import { defaultTiming, type EmbeddedTelephonyOptions, type EngineTiming } from './engine-options';
import { EventStream } from './event-stream';
import { MediaClock } from './media/media-clock';
import { SoundLibrary } from './media/sound-library';
import { DigestVerifier } from './registrar/digest';
import { LineSecrets } from './registrar/line-secrets';
import { Location, type Binding } from './registrar/location';
import { Registrar } from './registrar/registrar';
import { CustomerVoice, backOnLineFileFor } from './scenario/customer-voice';
import { CustomerOnThePhone, type SimulatedCaller, type SimulatedCallerOptions } from './scenario/simulated-caller';
import { SipFlow } from './transport/sip-flow';
import { SipSocketServer } from './transport/sip-socket-server';

/** What a phone sent, for tests and diagnostics. */
export interface LegStatistics {
  readonly packetsReceived: number;
  /** Nothing of these was heard by anybody. */
  readonly packetsBeforeAnswer: number;
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
  private readonly secrets: LineSecrets;
  private readonly members: MemberTable;
  private readonly mediaClock = new MediaClock();
  private readonly calls = new Set<CentralCall>();
  private readonly flows = new Set<SipFlow>();
  private readonly mediaClosings = new Set<Promise<void>>();
  private readonly phoneLegs: PhoneLegs;
  private readonly location: Location;
  private readonly registrar: Registrar;
  private readonly sockets: SipSocketServer;
  private readonly callContext: CallContext;
  private readonly distributor: Distributor;
  private readonly router: CallRouter;

  constructor(private readonly options: EmbeddedTelephonyOptions) {
    const { clock, log, directory, domain } = options;
    this.timing = { ...defaultTiming, ...options.timing };
    this.events = new EventStream(clock, log);
    this.sounds = new SoundLibrary(options.assetsFolder ?? null, log);
    this.secrets = new LineSecrets(clock);
    this.members = new MemberTable(clock);
    this.phoneLegs = new PhoneLegs((leg) => this.legGone(leg));
    this.location = new Location(clock, (binding) => this.registered(binding), (binding, reason) => {
      this.events.tell({ type: 'line-unregistered', extension: binding.extension, reason });
      log.info(`line ${binding.extension} unregistered: ${reason}`);
    });
    const digest = new DigestVerifier(domain, options.digestAlgorithms ?? ['SHA-256'], (user) => this.secrets.secretOf(user), () => clock.now());
    this.registrar = new Registrar(digest, this.location, clock, this.timing.longestRegistrationMs);
    this.sockets = new SipSocketServer((socket) => this.newFlow(socket), (flow) => this.signallingLost(flow), log);
    this.callContext = {
      events: this.events,
      log,
      mediaClock: this.mediaClock,
      musicOnHold: () => this.sounds.musicOnHold(),
      recordingsFolder: options.recordingsFolder,
      onEnded: (call) => void this.calls.delete(call),
    };
    const offerContext = { clock, events: this.events, timing: this.timing, legContext: this.legContext() };
    this.distributor = new Distributor({
      clock,
      events: this.events,
      directory,
      members: this.members,
      offerContext,
      passOverMs: this.timing.passOverMs,
      freePhoneOf: (extension) => this.freePhoneOf(extension),
      isRecorded: (extension) => directory.extensions().some((known) => known.extension === extension && known.isRecorded),
    });
    this.router = new CallRouter({
      clock,
      directory,
      distributor: this.distributor,
      location: this.location,
      sounds: this.sounds,
      timing: this.timing,
      callContext: this.callContext,
      offerContext,
      newCall: (info) => this.newCall(info),
    });
  }

  async start(): Promise<void> {
    mkdirSync(this.options.recordingsFolder, { recursive: true });
    this.distributor.start();
    this.sockets.start();
  }

  async stop(): Promise<void> {
    this.distributor.stop();
    for (const call of [...this.calls]) call.end('failed');
    this.location.clear();
    await this.sockets.stop();
    for (const flow of this.flows) flow.dispose();
    this.flows.clear();
    this.mediaClock.stop();
    await Promise.allSettled([...this.mediaClosings]);
  }

  onEvent(listener: (event: TelephonyEvent) => void): () => void {
    return this.events.subscribe(listener);
  }

  async issueLineCredential(extension: string, webSocketUrl: string): Promise<LineCredential> {
    const known = this.options.directory.extensions().find((entry) => entry.extension === extension);
    if (known === undefined) throw new AppError('not-found', `no extension ${extension}`);
    const { secret, expiresAt } = this.secrets.mint(extension);
    return {
      webSocketUrl,
      sipUri: `sip:${extension}@${this.options.domain}`,
      authorizationUser: extension,
      secret,
      displayName: known.displayName,
      expiresAt,
      allowMd5: false,
    };
  }

  async revokeLineCredential(extension: string): Promise<void> {
    this.secrets.revoke(extension);
    this.location.remove(extension, 'revoked');
  }

  async setMemberPaused(extension: string, isPaused: boolean, _reason: string | null): Promise<void> {
    this.members.setPaused(extension, isPaused);
    this.distributor.wake();
  }

  isRegistered(extension: string): boolean {
    return this.location.find(extension) !== null;
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.handleUpgrade(request, socket, head);
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
    customer.leg.treatment = this.sounds.musicOnHold();
    call.join(customer.leg);
    this.distributor.join(call, customer.leg, queue);
    return customer;
  }

  /** Figures of a phone's living leg; null when there is none. */
  legStatistics(legId: string): LegStatistics | null {
    const leg = this.phoneLegs.find(legId);
    if (leg === null) return null;
    return { packetsReceived: leg.port.packetsReceived, packetsBeforeAnswer: leg.port.packetsBeforeAnswer };
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
      onCreated: (leg) => this.phoneLegs.add(leg),
      onMediaClosing: (closing) => {
        const settled = closing.catch((error: unknown) => this.options.log.warn(`media not closed: ${String(error)}`));
        this.mediaClosings.add(settled);
        void settled.then(() => this.mediaClosings.delete(settled));
      },
    };
  }

  private newFlow(socket: ConstructorParameters<typeof SipFlow>[0]): SipFlow {
    const flow = new SipFlow(socket, this.options.domain, this.options.log, (own) => ({
      onRegister: (request) => {
        const former = this.registrar.register(own, request);
        if (former === null) return;
        this.sockets.rebind(socket, former);
        setImmediate(() => this.discard(own)); // the REGISTER has been answered by then
        const extension = this.location.extensionOf(former);
        if (extension !== null) this.events.tell({ type: 'line-registered', extension });
        this.distributor.wake();
      },
      onInvite: (request) => {
        const extension = this.registrar.authenticate(request);
        if (extension !== null) this.router.receive(own, extension, request);
      },
    }));
    this.flows.add(flow);
    return flow;
  }

  private registered({ extension }: Binding): void {
    this.events.tell({ type: 'line-registered', extension });
    this.options.log.info(`line ${extension} registered`);
    this.distributor.wake();
  }

  private signallingLost(flow: SipFlow): void {
    const extension = this.location.extensionOf(flow);
    if (extension !== null) this.events.tell({ type: 'line-signalling-lost', extension });
    this.disposeIfDead(flow);
  }

  private legGone(leg: SipLeg): void {
    this.distributor.wake();
    this.disposeIfDead(leg.flow);
  }

  /** A flow without socket, registration and calls will not come back. */
  private disposeIfDead(flow: SipFlow): void {
    if (flow.isUp || this.location.extensionOf(flow) !== null || this.phoneLegs.isUsing(flow)) return;
    this.registrar.forget(flow);
    this.discard(flow);
  }

  private discard(flow: SipFlow): void {
    this.flows.delete(flow);
    flow.dispose();
  }

  private freePhoneOf(extension: string): Binding | null {
    const binding = this.location.find(extension);
    return binding === null || !binding.flow.isUp || this.phoneLegs.isBusy(extension) ? null : binding;
  }
}

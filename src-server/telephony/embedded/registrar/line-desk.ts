import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../../../../src-shared/base/clock';
import type { DeskPhoneDigests } from '../../telephony';
import type { EngineLog, EngineTiming } from '../engine-options';
import type { EventStream } from '../../event-stream';
import { SipFlow } from '../transport/sip-flow';
import { SipSocketServer } from '../transport/sip-socket-server';
import type { IncomingInviteRequest } from '../transport/sip-core';
import { DigestVerifier, digestIdentity, type DigestAlgorithm, type DigestIdentities } from './digest';
import { LineSecrets } from './line-secrets';
import { Location, type Binding } from './location';
import { Registrar } from './registrar';

interface LineDeskContext {
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly events: EventStream;
  readonly domain: string;
  readonly timing: EngineTiming;
  readonly digestAlgorithms: readonly DigestAlgorithm[];
  /** Of a SIP extension; null for one whose phone is the app. */
  readonly deskPhoneOf: (extension: string) => DeskPhoneDigests | null;
  /** A line came or came back: waiting callers may be offered to it. */
  readonly onReachable: () => void;
  readonly onInvite: (flow: SipFlow, extension: string, request: IncomingInviteRequest) => void;
  /** Another phone has taken this one's place at its extension. */
  readonly onReplaced: (flow: SipFlow) => void;
  readonly isInCall: (flow: SipFlow) => boolean;
}

/** The lines of all phones: sockets, secrets, registrations, and which flow is whose. */
export class LineDesk {
  readonly secrets: LineSecrets;
  readonly location: Location;
  private readonly registrar: Registrar;
  private readonly sockets: SipSocketServer;
  private readonly flows = new Set<SipFlow>();
  private isOpen = false;

  constructor(private readonly context: LineDeskContext) {
    const { clock, log, domain, digestAlgorithms, timing } = context;
    this.secrets = new LineSecrets(clock);
    this.location = new Location(
      clock,
      binding => this.registered(binding),
      (binding, reason) => {
        context.events.tell({ type: 'line-unregistered', extension: binding.extension, reason });
        log.info(`line ${binding.extension} unregistered: ${reason}`);
        // With its secret revoked a phone cannot come back either: its person has signed in anew, or out.
        if (reason === 'replaced' || reason === 'revoked') context.onReplaced(binding.flow);
      },
    );
    const digest = new DigestVerifier(
      domain,
      digestAlgorithms,
      user => this.identitiesOf(user),
      () => clock.now(),
    );
    this.registrar = new Registrar(digest, this.location, clock, timing.longestRegistrationMs);
    this.sockets = new SipSocketServer(
      socket => this.newFlow(socket),
      flow => this.socketLost(flow),
      log,
    );
  }

  open(): void {
    this.isOpen = true;
    this.sockets.start();
  }

  /** No call may begin any more; what is said to phones still goes out. */
  refuseCalls(): void {
    this.isOpen = false;
    this.location.clear();
  }

  async close(): Promise<void> {
    this.refuseCalls();
    await this.sockets.stop();
    for (const flow of this.flows) flow.dispose();
    this.flows.clear();
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.handleUpgrade(request, socket, head);
  }

  /** A registered phone that can be told something now. */
  reachable(extension: string): Binding | null {
    const binding = this.location.find(extension);
    return binding?.flow.isUp === true ? binding : null;
  }

  /** Lets go of a flow without socket, registration and calls: it will not come back. */
  disposeIfDead(flow: SipFlow): void {
    if (flow.isUp || this.location.extensionOf(flow) !== null || this.context.isInCall(flow)) return;
    this.registrar.forget(flow);
    this.discard(flow);
  }

  /** A desk phone has its own password, by every algorithm; the app the secret of its session, by those of this engine. */
  private identitiesOf(username: string): DigestIdentities | null {
    const { domain: realm, digestAlgorithms, deskPhoneOf } = this.context;
    const deskPhone = deskPhoneOf(username);
    if (deskPhone !== null) return { 'SHA-256': deskPhone.sha256, MD5: deskPhone.md5 };
    const secret = this.secrets.secretOf(username);
    if (secret === null) return null;
    const identity = (algorithm: DigestAlgorithm): string => digestIdentity({ algorithm, username, realm, secret });
    return Object.fromEntries(digestAlgorithms.map(algorithm => [algorithm, identity(algorithm)]));
  }

  private newFlow(socket: WebSocket): SipFlow {
    const flow = new SipFlow(socket, this.context.domain, this.context.log, own => ({
      onRegister: request => {
        const former = this.registrar.register(own, request);
        if (former !== null) this.cameBack(former, own, socket);
      },
      onInvite: request => {
        if (!this.isOpen) request.reject({ statusCode: 503 });
        else {
          const extension = this.registrar.authenticate(request);
          if (extension !== null) this.context.onInvite(own, extension, request);
        }
      },
    }));
    this.flows.add(flow);
    return flow;
  }

  /** A phone whose socket was lost is here again over another one: its dialogs go on there. */
  private cameBack(former: SipFlow, temporary: SipFlow, socket: WebSocket): void {
    this.sockets.rebind(socket, former);
    setImmediate(() => this.discard(temporary)); // its REGISTER has been answered by then
    const extension = this.location.extensionOf(former);
    if (extension === null) return;
    this.context.events.tell({ type: 'line-registered', extension });
    this.context.log.info(`line ${extension} is back`);
    this.context.onReachable();
  }

  private registered({ extension }: Binding): void {
    this.context.events.tell({ type: 'line-registered', extension });
    this.context.log.info(`line ${extension} registered`);
    this.context.onReachable();
  }

  private socketLost(flow: SipFlow): void {
    const extension = this.location.extensionOf(flow);
    if (extension !== null) {
      this.context.events.tell({ type: 'line-signalling-lost', extension });
      this.context.log.info(`line ${extension} lost its socket`);
    }
    this.disposeIfDead(flow);
  }

  private discard(flow: SipFlow): void {
    this.flows.delete(flow);
    flow.dispose();
  }
}

import { reconnectPolicy, retryDelayMs } from '../../../src-shared/base/retry-policy';
import type { EngineReport } from '../../../src-shared/ipc/engine-reports';
import type { LineCredential } from '../../../src-shared/line/line-state';
import type { JsSipSession, JsSipUa, RegistrationEnd, SipRequest } from '../jssip/jssip-internals';
import { RTCSession, UA } from '../jssip/jssip-internals';
import { routeGlare, tameUa } from '../jssip/jssip-taming';
import { SipSocket } from '../jssip/sip-socket';
import type { Log } from '../report';
import { LineGate } from './line-gate';

type LineReport = Extract<EngineReport, { type: 'line' }>['line'];

interface LineEdges {
  onState(line: LineReport): void;
  onInvite(session: JsSipSession, request: SipRequest): void;
  /** Registered again after a loss. */
  onRestored(): void;
  onLost(): void;
  log: Log;
}

/** The server has looked at us and said no: trying again does not help, a person or new credentials must act. */
const refusals: ReadonlySet<number> = new Set([401, 403, 404, 407]);
const registerTimeOutMs = 10_000;
const probeAnswerMs = 1_000;
const expiresSeconds = 600;
/** The server decides how long it rings; this is only an end for a server that forgot. */
const ringingEndsAfterSeconds = 300;

/** Stays the same as long as this window lives: the server recognises us on a new connection (RFC 5626 section 4.1). */
const instanceId = crypto.randomUUID();

/**
 * One SIP line: connects, registers, and after a loss does so again by our retry policy. The UA with its dialogs stays the same, so that
 * calls survive.
 */
export class SipLine {
  readonly gate = new LineGate();
  readonly #edges: LineEdges;
  #ua: JsSipUa | null = null;
  #socket: SipSocket | null = null;
  #credential: LineCredential | null = null;
  #isRefused = false;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #registerTimer: ReturnType<typeof setTimeout> | undefined;
  #wasRegistered = false;

  constructor(edges: LineEdges) {
    this.#edges = edges;
  }

  connect(credential: LineCredential): void {
    const current = this.#credential;
    const isSameLine =
      current !== null &&
      current.webSocketUrl === credential.webSocketUrl &&
      current.sipUri === credential.sipUri &&
      this.#ua !== null;
    if (isSameLine) {
      this.renew(credential);
      this.probe();
      return;
    }
    this.#close();
    this.#credential = credential;
    this.#isRefused = false;
    this.#attempt = 0;
    this.#wasRegistered = false;
    this.#ua = this.#createUa(credential);
    this.#ua.start();
  }

  /** A new secret, used at the next challenge; at once when the old one was refused. */
  renew(credential: LineCredential): void {
    this.#credential = credential;
    this.#ua?.set('authorization_user', credential.authorizationUser);
    this.#ua?.set('password', credential.secret);
    if (!this.#isRefused) return;
    this.#isRefused = false;
    this.#attempt = 0;
    this.#retry();
  }

  /** Unregisters and closes. */
  disconnect(): void {
    if (this.#ua === null) return;
    this.#close();
    this.#credential = null;
    this.#edges.onState({ state: 'closed' });
  }

  /** Network back or machine awake: try at once; a connection that looks fine must prove it within a second. */
  probe(): void {
    if (this.#ua === null || this.#isRefused) return;
    if (!this.#ua.isConnected()) {
      this.#attempt = 0;
      this.#retry();
      return;
    }
    this.#socket?.probe(probeAnswerMs);
    this.#ua.register();
  }

  /** A session for an outgoing call, not yet started. */
  newSession(): JsSipSession | null {
    return this.#ua === null || !this.gate.isUp ? null : new RTCSession(this.#ua);
  }

  #close(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#registerTimer);
    const ua = this.#ua;
    this.#ua = null;
    ua?.stop(); // says goodbye in every call first, which needs the gate
    this.gate.close();
  }

  #createUa(credential: LineCredential): JsSipUa {
    const socket = new SipSocket({
      url: credential.webSocketUrl,
      log: this.#edges.log,
      isMd5Allowed: () => this.#credential?.allowMd5 ?? false,
      askForLife: () => this.#ua?.sendOptions(credential.sipUri.replace(/^sip:[^@]*@/, 'sip:ping@')),
    });
    this.#socket = socket;
    const ua = new UA({
      sockets: [socket],
      uri: credential.sipUri,
      authorization_user: credential.authorizationUser,
      password: credential.secret,
      display_name: credential.displayName,
      instance_id: instanceId,
      register: true,
      register_expires: expiresSeconds,
      no_answer_timeout: ringingEndsAfterSeconds,
      session_timers: true,
      user_agent: 'AgentSoftphone',
    });
    const ifCurrent =
      <Args extends unknown[]>(run: (...args: Args) => void) =>
      (...args: Args): void => {
        if (this.#ua === ua) run(...args);
      };
    tameUa(
      ua,
      ifCurrent(() => this.#retryLater()),
    );
    routeGlare(ua);
    ua.on(
      'connecting',
      ifCurrent(() => this.#edges.onState({ state: 'connecting' })),
    );
    ua.on(
      'connected',
      ifCurrent(() => this.#registering()),
    );
    ua.on(
      'disconnected',
      ifCurrent(() => this.#lost()),
    );
    ua.on(
      'registered',
      ifCurrent(() => this.#registered()),
    );
    ua.on(
      'registrationFailed',
      ifCurrent((end: RegistrationEnd) => this.#registrationFailed(end)),
    );
    ua.on('newRTCSession', ({ originator, session, request }) => {
      if (originator === 'remote') this.#edges.onInvite(session, request);
    });
    return ua;
  }

  #registering(): void {
    this.#edges.onState({ state: 'registering' });
    clearTimeout(this.#registerTimer);
    // JsSIP ignores some answers to REGISTER without a word, and waits 32 s for the others.
    this.#registerTimer = setTimeout(() => this.#socket?.abandon('no answer to REGISTER'), registerTimeOutMs);
  }

  #registered(): void {
    clearTimeout(this.#registerTimer);
    this.#attempt = 0;
    const isRestored = this.#wasRegistered;
    this.#wasRegistered = true;
    this.#edges.onState({ state: 'registered' });
    this.gate.open();
    if (isRestored) this.#edges.onRestored();
  }

  #registrationFailed({ response }: RegistrationEnd): void {
    clearTimeout(this.#registerTimer);
    const sipCode = response?.status_code ?? null;
    this.gate.close();
    if (sipCode !== null && refusals.has(sipCode)) {
      this.#isRefused = true;
      clearTimeout(this.#retryTimer);
      this.#edges.onState({ state: 'refused', sipCode });
      return;
    }
    this.#edges.log('warn', `line: registration failed, ${sipCode ?? 'no answer'}`);
    if (this.#ua?.isConnected() === true) this.#retryLater();
  }

  #lost(): void {
    clearTimeout(this.#registerTimer);
    const wasUp = this.gate.isUp;
    this.gate.close();
    if (wasUp) this.#edges.onLost();
  }

  #retryLater(): void {
    if (this.#isRefused) return;
    this.#attempt += 1;
    const delayMs = retryDelayMs(reconnectPolicy, this.#attempt, Math.random());
    this.#edges.onState({ state: 'reconnecting', attempt: this.#attempt, retryAt: Date.now() + delayMs });
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#retry(), delayMs);
  }

  #retry(): void {
    clearTimeout(this.#retryTimer);
    const ua = this.#ua;
    if (ua === null) return;
    if (!ua.isConnected()) {
      ua.transport.connect();
      return;
    }
    this.#registering();
    ua.register();
  }
}

import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { WebSocket } from 'ws';
import type { EngineLog } from '../engine-options';
import { refreshSession } from './session-refresh';
import {
  IncomingResponseMessage,
  Parser,
  URI,
  UserAgentCore,
  silentSipLog,
  type IncomingRequestMessage,
  type Transport,
  type UserAgentCoreDelegate,
} from './sip-core';

/** Stands for `Contact: *`. */
export const everyContactHeader = 'X-Every-Contact';

const optionTags = ['replaces', 'timer', 'outbound'];
/** What is said to a phone while its socket is down waits for the next one, as it would in a slow TCP connection. */
const longestBacklog = 32;
const parserLog = silentSipLog.getLogger('websocket');

/**
 * Signalling of one phone (RFC 7118). It outlives its WebSocket: when the phone registers again over a new one, dialogs
 * go on there (the idea of RFC 5626 flows).
 */
export class SipFlow extends EventEmitter<{ down: [silentSince: number | null]; up: [] }> implements Transport {
  readonly protocol = 'WS';
  readonly core: UserAgentCore;
  private socket: WebSocket | null;
  private backlog: string[] = [];
  /** Since when (monotonic) nothing has come from the phone, where that is why its socket is closed. */
  private silentSince: number | null = null;

  constructor(
    socket: WebSocket,
    readonly domain: string,
    private readonly log: EngineLog,
    delegateOf: (flow: SipFlow) => UserAgentCoreDelegate,
  ) {
    super();
    this.setMaxListeners(0); // one per leg
    this.socket = socket;
    const uri = new URI('sip', 'centre', domain, undefined, { transport: 'ws' });
    this.core = new UserAgentCore(
      {
        aor: uri,
        contact: { pubGruu: undefined, tempGruu: undefined, uri, toString: () => `<${uri.toString()}>` },
        displayName: '',
        loggerFactory: silentSipLog,
        hackViaTcp: false,
        routeSet: [],
        sipjsId: randomBytes(6).toString('hex'),
        supportedOptionTags: optionTags,
        supportedOptionTagsResponse: optionTags,
        userAgentHeaderFieldValue: 'agent-softphone-centre',
        viaForceRport: false,
        viaHost: domain,
        authenticationFactory: () => undefined,
        transportAccessor: () => this,
      },
      delegateOf(this),
    );
  }

  get isUp(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  get contactHeader(): string {
    return `Contact: ${this.core.configuration.contact.toString()}`;
  }

  /** True when this socket carries the flow now. */
  isCarriedBy(socket: WebSocket): boolean {
    return this.socket === socket;
  }

  /** The phone came back over another socket; what waited for it goes out now. */
  moveTo(socket: WebSocket): void {
    const former = this.socket;
    this.socket = socket;
    this.silentSince = null;
    if (former !== null && former !== socket) former.close(1000);
    const waiting = this.backlog;
    this.backlog = [];
    for (const message of waiting) socket.send(message);
    this.emit('up');
  }

  socketClosed(): void {
    const { silentSince } = this;
    this.socket = null;
    this.silentSince = null;
    this.emit('down', silentSince);
  }

  /** Asks the phone for a sign of life, which is whatever comes from it. Returns how to stop listening. */
  ask(onSign: () => void): () => void {
    const { socket } = this;
    this.on('up', onSign);
    socket?.on('pong', onSign).on('message', onSign).ping();
    return () => {
      this.off('up', onSign);
      socket?.off('pong', onSign).off('message', onSign);
    };
  }

  /** The phone is not there, though its socket seems open. @param silentSince monotonic */
  giveUp(silentSince: number): void {
    this.silentSince = silentSince;
    this.socket?.terminate();
  }

  async send(message: string): Promise<void> {
    if (this.socket !== null && this.isUp) this.socket.send(message);
    else if (this.backlog.length < longestBacklog && !this.backlog.includes(message)) this.backlog.push(message);
  }

  /** One WebSocket message. Whatever it holds, the engine lives on. */
  receive(text: string): void {
    if (/^(\r\n)+$/.test(text)) {
      if (text === '\r\n\r\n') this.socket?.send('\r\n'); // keep-alive, RFC 5626 section 4.4.1
      return;
    }
    try {
      this.dispatch(text);
    } catch (error) {
      this.log.warn(`SIP message refused: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Ends dialogs and transactions, and with them their timers. */
  dispose(): void {
    this.removeAllListeners();
    this.backlog = [];
    this.core.dispose();
  }

  private dispatch(text: string): void {
    const message = parse(withReadableContact(text)) ?? parse(withoutReferTo(text));
    if (message === undefined) {
      this.log.debug('SIP message ignored: not parseable');
      return;
    }
    if (message instanceof IncomingResponseMessage) {
      this.core.receiveIncomingResponseFromTransport(message);
      return;
    }
    if (message.method === 'UPDATE') refreshSession(this.core, message);
    else this.receiveRequest(message);
  }

  private receiveRequest(message: IncomingRequestMessage): void {
    // RFC 3261 section 8.2.2.1: SIP.js answers 404 unless the Request-URI names the AOR or a contact. A registrar
    // accepts every user of its domain, so this Request-URI is one of our addresses during this synchronous call.
    const { contact } = this.core.configuration;
    if (message.ruri !== undefined && (message.toTag !== undefined || message.ruri.host === this.domain))
      contact.tempGruu = message.ruri;
    try {
      this.core.receiveIncomingRequestFromTransport(message);
    } catch (error) {
      if (message.method !== 'ACK') this.core.replyStateless(message, { statusCode: 400 });
      throw error;
    } finally {
      contact.tempGruu = undefined;
    }
  }
}

/** SIP.js drops every message with `Contact: *` (RFC 3261 section 10.2.2): it travels on under another name. */
const withReadableContact = (text: string): string =>
  text.replace(/^(?:Contact|m)[ \t]*:[ \t]*\*[ \t]*\r$/im, `${everyContactHeader}: *\r`);

const parse = (text: string): ReturnType<typeof Parser.parseMessage> => Parser.parseMessage(text, parserLog);

/** SIP.js also drops a REFER whose target it cannot read, and the phone would wait in vain: without one it is answered 400. */
const withoutReferTo = (text: string): string => text.replace(/^(?:Refer-To|r)[ \t]*:.*\r\n/gim, '');

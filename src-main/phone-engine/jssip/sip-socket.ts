import { messageOf } from '../report';
import type { Log } from '../report';
import { frameProblem, maxFrameBytes } from './frame-limits';
import { KeepAlive } from './keep-alive';
import { keepStrongestChallenge } from './strongest-challenge';
import type { DigestAlgorithm } from './strongest-challenge';

const connectTimeOutMs = 8_000;

interface SipSocketOptions {
  readonly url: string;
  readonly log: Log;
  isMd5Allowed(): boolean;
  /** Asks the server with a SIP request; see `keep-alive.ts`. */
  askForLife(): void;
}

/**
 * JsSIP's `Socket` interface around a WebSocket (RFC 7118), instead of JsSIP's own: limits frames, survives whatever JsSIP throws at a
 * frame, notices half-open connections, and shows JsSIP the one digest challenge it should answer.
 */
export class SipSocket {
  readonly url: string;
  readonly sip_uri: string;
  readonly via_transport: string;
  onconnect: () => void = () => undefined;
  ondisconnect: (isError: boolean) => void = () => undefined;
  ondata: (data: string) => void = () => undefined;

  readonly #options: SipSocketOptions;
  readonly #keepAlive: KeepAlive;
  #webSocket: WebSocket | null = null;
  #connectTimer: ReturnType<typeof setTimeout> | undefined;
  #strongestSeen: DigestAlgorithm | null = null;

  constructor(options: SipSocketOptions) {
    const { host, protocol } = new URL(options.url);
    this.url = options.url;
    this.sip_uri = `sip:${host};transport=ws`;
    this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS';
    this.#options = options;
    this.#keepAlive = new KeepAlive({
      ping: () => this.send('\r\n\r\n'),
      askOtherwise: () => options.askForLife(),
      dead: () => this.abandon('nothing heard after a keep-alive'),
    });
  }

  connect(): void {
    if (this.#webSocket !== null) return;
    const webSocket = new WebSocket(this.url, 'sip');
    webSocket.binaryType = 'arraybuffer';
    this.#webSocket = webSocket;
    this.#connectTimer = setTimeout(() => this.abandon('no connection in time'), connectTimeOutMs);
    const isCurrent = (): boolean => this.#webSocket === webSocket;
    webSocket.onopen = () => {
      if (!isCurrent()) return;
      clearTimeout(this.#connectTimer);
      this.#keepAlive.start();
      this.#guarded('connect', () => this.onconnect());
    };
    webSocket.onmessage = event => {
      if (isCurrent()) this.#receive(event.data);
    };
    webSocket.onclose = event => {
      if (isCurrent()) this.abandon(`closed with code ${event.code}`);
    };
    // onerror is always followed by onclose, which says more.
  }

  disconnect(): void {
    this.#keepAlive.stop();
    clearTimeout(this.#connectTimer);
    const webSocket = this.#webSocket;
    this.#webSocket = null;
    webSocket?.close(1000);
  }

  /** @returns false while down; JsSIP asks for that, and it must never throw */
  send(data: string): boolean {
    if (this.#webSocket?.readyState !== WebSocket.OPEN) return false;
    try {
      this.#webSocket.send(data);
      return true;
    } catch (error) {
      this.#options.log('warn', `line: frame not sent: ${messageOf(error)}`);
      return false;
    }
  }

  /** Is the other side still there? Closes the socket when nothing is heard in time. */
  probe(answerMs: number): void {
    if (this.#webSocket?.readyState === WebSocket.OPEN) this.#keepAlive.probe(answerMs);
  }

  /** Gives this connection up as lost; JsSIP is told at once. */
  abandon(why: string): void {
    if (this.#webSocket === null) return;
    this.#options.log('warn', `line: connection lost, ${why}`);
    // Not waiting for the closing handshake: on a half-open connection it never ends.
    this.disconnect();
    this.#guarded('disconnect', () => this.ondisconnect(true));
  }

  #receive(data: unknown): void {
    this.#keepAlive.alive();
    const text = textOf(data);
    const problem = frameProblem(text);
    if (problem !== null) {
      this.#options.log('warn', `line: frame refused: ${problem}`);
      return;
    }
    const { frame, strongestSeen } = keepStrongestChallenge(text, this.#options.isMd5Allowed(), this.#strongestSeen);
    this.#strongestSeen = strongestSeen;
    this.#guarded('frame', () => this.ondata(frame));
  }

  /** JsSIP's parser throws at about four in a thousand damaged frames; one bad frame must not cost the line. */
  #guarded(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#options.log('warn', `line: ${what} not understood: ${messageOf(error)}`);
    }
  }
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data;
  // One byte more than allowed is enough to be refused.
  return data instanceof ArrayBuffer ? new TextDecoder().decode(data.slice(0, maxFrameBytes + 1)) : '';
}

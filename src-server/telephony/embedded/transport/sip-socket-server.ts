import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { EngineLog } from '../engine-options';
import type { SipFlow } from './sip-flow';

/** Larger messages close their socket with 1009 and nothing else. */
const largestMessageBytes = 64 * 1024;
/** A socket that answers no ping for two rounds is half open and is cut. */
const pingEveryMs = 20_000;
const ownOrigin = /^(app:\/\/.*|null|https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?)$/i;

/** SIP over WebSocket (RFC 7118) on somebody else's HTTP server. */
export class SipSocketServer {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    handleProtocols: offered => (offered.has('sip') ? 'sip' : false),
  });
  private readonly carriers = new Map<WebSocket, { flow: SipFlow; isAlive: boolean }>();
  private pings: NodeJS.Timeout | null = null;

  constructor(
    private readonly newFlow: (socket: WebSocket) => SipFlow,
    private readonly onSocketLost: (flow: SipFlow) => void,
    private readonly log: EngineLog,
  ) {}

  start(): void {
    this.pings ??= setInterval(() => this.pingAll(), pingEveryMs);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { origin } = request.headers;
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());
    const isWelcome = this.pings !== null && (origin === undefined || ownOrigin.test(origin));
    if (!isWelcome || !protocols.includes('sip')) {
      const status = isWelcome ? '400 Bad Request' : '403 Forbidden';
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.server.handleUpgrade(request, socket, head, webSocket => this.accept(webSocket));
  }

  /** From now on this flow gets what the socket receives: the phone has told that it is the same one as before. */
  rebind(socket: WebSocket, flow: SipFlow): void {
    const carrier = this.carriers.get(socket);
    if (carrier !== undefined) carrier.flow = flow;
    flow.moveTo(socket);
  }

  async stop(): Promise<void> {
    if (this.pings !== null) clearInterval(this.pings);
    this.pings = null;
    const closed = [...this.carriers.keys()].map(
      socket =>
        new Promise<void>(resolve =>
          socket.readyState === socket.CLOSED ? resolve() : socket.once('close', () => resolve()),
        ),
    );
    for (const socket of this.carriers.keys()) socket.close(1001);
    // Not every phone answers a close frame; half a second is enough on one machine.
    const impatience = setTimeout(() => this.server.clients.forEach(socket => socket.terminate()), 500);
    await Promise.all(closed);
    clearTimeout(impatience);
  }

  private accept(socket: WebSocket): void {
    const carrier = { flow: this.newFlow(socket), isAlive: true };
    this.carriers.set(socket, carrier);
    socket.on('message', (data: RawData) => {
      carrier.isAlive = true;
      carrier.flow.receive(textOf(data));
    });
    socket.on('pong', () => void (carrier.isAlive = true));
    socket.on('error', error => this.log.warn(`SIP socket: ${error.message}`)); // 'close' follows
    socket.on('close', () => {
      this.carriers.delete(socket);
      if (!carrier.flow.isCarriedBy(socket)) return;
      carrier.flow.socketClosed();
      this.onSocketLost(carrier.flow);
    });
  }

  private pingAll(): void {
    for (const [socket, carrier] of this.carriers) {
      if (!carrier.isAlive) {
        socket.terminate();
        continue;
      }
      carrier.isAlive = false;
      socket.ping();
    }
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
}

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex, Transform } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

let desks = 0;

/** Every desk comes from an address of its own, as in a company: what a server holds against one does not meet the next. */
function ownAddress(): string | undefined {
  // Elsewhere only 127.0.0.1 is there without more ado.
  return process.platform === 'linux' ? `127.0.1.${(desks++ % 250) + 1}` : undefined;
}

const firstWordOf = (message: string): string => message.slice(0, message.indexOf(' '));

/**
 * Stands between the app and the central server and breaks what a network breaks. It ends the WebSockets on both sides,
 * so that a test may cut one, or say something in the server's name.
 */
export class FaultProxy {
  private readonly server = http.createServer((request, response) => this.relayRequest(request, response));
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 64 * 1024 * 1024,
    handleProtocols: offered => [...offered][0] ?? false,
  });
  private readonly pairs = new Set<{ app: WebSocket; server: WebSocket; path: string }>();
  private isSipCut = false;
  private isAllCut = false;
  private refused: { readonly method: string; readonly status: number } | null = null;
  private readonly lost = new Set<string>();
  private lostAnswer: string | null = null;
  private readonly localAddress = ownAddress();
  /** Sees every SIP message as it passes; `at` is ms since the epoch with fractions. */
  onSip: (from: 'app' | 'server', message: string, at: number) => void = () => undefined;

  /** What becomes of the bytes of an answer on their way to the app; null leaves them alone. */
  through: (request: http.IncomingMessage) => Transform | null = () => null;

  private constructor(
    private readonly target: URL,
    private readonly sipTarget: string | null,
  ) {
    this.server.on('upgrade', (request, socket, head) => this.relayUpgrade(request, socket, head));
  }

  /** @param sipTarget where SIP lives when it is not the server's: one address for both, as a company's reverse proxy has it */
  static async before(serverUrl: string, sipTarget: string | null = null): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(serverUrl), sipTarget);
    await new Promise<void>(resolve => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private relayRequest(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (this.isAllCut) return void request.socket.destroy();
    const onward = http.request(
      {
        host: this.target.hostname,
        port: this.target.port,
        path: request.url,
        method: request.method,
        headers: request.headers,
        localAddress: this.localAddress,
      },
      answer => {
        if (request.url === this.lostAnswer) {
          this.lostAnswer = null;
          answer.resume();
          this.cutAll();
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        const way = this.through(request);
        if (way === null) answer.pipe(response);
        else answer.pipe(way).pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    // Who went away in the middle of an answer wants the rest of it no more.
    response.on('close', () => response.writableFinished || onward.destroy());
    request.pipe(onward);
  }

  private relayUpgrade(request: http.IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = request.url ?? '';
    if (this.isAllCut || (this.isSipCut && path.startsWith('/sip'))) return void socket.destroy();
    this.sockets.handleUpgrade(request, socket, head, app => {
      const protocol = request.headers['sec-websocket-protocol'];
      const headers = {
        host: request.headers.host ?? '',
        ...(request.headers.origin ? { origin: request.headers.origin } : {}),
      };
      const onward = path.startsWith('/sip') ? this.sipTarget : null;
      const address = onward ?? `ws://${this.target.host}${path}`;
      const server = new WebSocket(address, protocol ? protocol.split(/, */) : [], {
        headers,
        perMessageDeflate: onward === null, // res_http_websocket knows no extension
        ...(onward === null && { localAddress: this.localAddress }),
      });
      this.join({ app, server, path });
    });
  }

  private join(pair: { app: WebSocket; server: WebSocket; path: string }): void {
    const { app, server, path } = pair;
    const early: { data: Buffer; isBinary: boolean }[] = [];
    this.pairs.add(pair);
    const isSip = path.startsWith('/sip');
    const seen = (from: 'app' | 'server', data: Buffer): void => {
      if (isSip) this.onSip(from, data.toString(), performance.timeOrigin + performance.now());
    };
    app.on('message', (data: Buffer, isBinary) => {
      seen('app', data);
      const refusal = isSip ? this.refusalOf(data.toString()) : null;
      if (refusal !== null) return app.send(refusal);
      if (server.readyState === WebSocket.OPEN) server.send(data, { binary: isBinary });
      else early.push({ data, isBinary });
    });
    server.on('open', () => early.splice(0).forEach(({ data, isBinary }) => server.send(data, { binary: isBinary })));
    server.on('message', (data: Buffer, isBinary) => {
      seen('server', data);
      if (isSip && this.lost.has(firstWordOf(data.toString()))) return;
      if (app.readyState === WebSocket.OPEN) app.send(data, { binary: isBinary });
    });
    const part = (): void => {
      this.pairs.delete(pair);
      app.terminate();
      server.terminate();
    };
    for (const side of [app, server]) side.on('close', part).on('error', part);
  }

  /** The PBX answers the app's requests of this kind with this status and hears nothing of them; null: it hears them again. */
  refuseSip(refused: { readonly method: string; readonly status: number } | null): void {
    this.refused = refused;
  }

  /** Requests of this kind from the PBX do not arrive. */
  loseSip(...methods: readonly string[]): void {
    this.lost.clear();
    for (const method of methods) this.lost.add(method);
  }

  private refusalOf(message: string): string | null {
    if (this.refused === null || firstWordOf(message) !== this.refused.method) return null;
    const kept = message.split('\r\n').filter(line => /^(via|from|to|call-id|cseq)\s*:/i.test(line));
    return [`SIP/2.0 ${this.refused.status} Refused`, ...kept, 'Content-Length: 0', '', ''].join('\r\n');
  }

  /** Breaks the SIP WebSocket and lets no new one through. REST and the live connection go on. */
  cutSip(): void {
    this.isSipCut = true;
    for (const { app, server, path } of this.pairs)
      if (path.startsWith('/sip')) {
        app.terminate();
        server.terminate();
      }
  }

  /** Breaks everything: the server is out of reach. */
  cutAll(): void {
    this.isAllCut = true;
    for (const { app, server } of this.pairs) {
      app.terminate();
      server.terminate();
    }
    this.server.closeAllConnections();
  }

  /** The server does what it is asked next on this path; then the line breaks, before anybody hears of it. */
  loseAnswerOf(path: string): void {
    this.lostAnswer = path;
  }

  restore(): void {
    this.through = () => null;
    this.refused = null;
    this.lost.clear();
    this.isSipCut = false;
    this.isAllCut = false;
  }

  /** Says this to the app in the PBX's name. Returns how many phones heard it. */
  saySip(frame: string | Buffer): number {
    const phones = [...this.pairs].filter(
      ({ path, app }) => path.startsWith('/sip') && app.readyState === WebSocket.OPEN,
    );
    for (const { app } of phones) app.send(frame, { binary: typeof frame !== 'string' });
    return phones.length;
  }

  async stop(): Promise<void> {
    this.cutAll();
    await new Promise<void>(resolve => this.server.close(() => resolve()));
  }
}

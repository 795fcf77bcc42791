/** One frame that went over the wire, as a test sees it. */
export interface WireFrame {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly at: number;
}

type Listener<Event> = ((event: Event) => void) | null;

/** Stands in for the browser's WebSocket: the path of its address names the phone, `ws://wire/1001`. */
class FakeWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static wire: FakeSipWire | null = null;
  readyState: number = FakeWebSocket.CONNECTING;
  binaryType = 'blob';
  onopen: Listener<unknown> = null;
  onmessage: Listener<{ data: unknown }> = null;
  onclose: Listener<{ code: number; reason: string }> = null;
  readonly user: string;

  constructor(url: string) {
    this.user = new URL(url).pathname.slice(1);
    const { wire } = FakeWebSocket;
    setTimeout(() => wire?.connect(this), 1);
  }

  send(data: string): void {
    if (this.readyState !== FakeWebSocket.OPEN) throw new DOMException('not open', 'InvalidStateError');
    FakeWebSocket.wire?.receive(this, data);
  }

  close(code = 1000): void {
    if (this.readyState === FakeWebSocket.CLOSED) return;
    this.readyState = FakeWebSocket.CLOSED;
    setTimeout(() => this.onclose?.({ code, reason: '' }), 0);
  }
}

const headerOf = (text: string, name: string): string =>
  new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
export const methodOf = (text: string): string =>
  text.startsWith('SIP/2.0') ? (text.split(' ')[1] ?? '') : (text.split(' ')[0] ?? '');

/**
 * A registrar and transparent proxy in the page: carries SIP text between phones that are this process, and breaks as it is told.
 * It keeps no call state, so whatever the phones agree on is their own doing.
 */
export class FakeSipWire {
  readonly frames: WireFrame[] = [];
  /** Header lines put into every INVITE that opens a call. */
  inviteHeaders: string[] = [];
  /** WWW-Authenticate values; none: nobody is asked. */
  challenges: string[] = [];
  /** Sees every frame first; may change it, or lose it by returning null. */
  tap: (frame: { readonly from: string; readonly to: string; readonly text: string }) => string | null = ({ text }) =>
    text;
  readonly #sockets = new Map<string, FakeWebSocket>();
  readonly #usersByContact = new Map<string, string>();
  readonly #cut = new Set<string>();
  readonly #stalled = new Set<string>();

  /** Takes the place of the page's WebSocket. @returns undo */
  install(): () => void {
    const real = globalThis.WebSocket;
    FakeWebSocket.wire = this;
    Object.assign(globalThis, { WebSocket: FakeWebSocket });
    return () => {
      FakeWebSocket.wire = null;
      Object.assign(globalThis, { WebSocket: real });
    };
  }

  cut(user: string): void {
    this.#cut.add(user);
    this.#sockets.get(user)?.close(1006);
    this.#sockets.delete(user);
  }

  /** Half open: nothing gets through and nobody says so. */
  stall(user: string): void {
    this.#stalled.add(user);
  }

  mend(user: string): void {
    this.#cut.delete(user);
    this.#stalled.delete(user);
  }

  /** Puts a frame before a phone as if the server had sent it. */
  inject(user: string, text: string): void {
    this.#sockets.get(user)?.onmessage?.({ data: text });
  }

  sent(from: string, method: string): WireFrame[] {
    return this.frames.filter(frame => frame.from === from && methodOf(frame.text) === method);
  }

  connect(socket: FakeWebSocket): void {
    if (socket.readyState !== FakeWebSocket.CONNECTING) return;
    if (this.#cut.has(socket.user)) {
      socket.close(1006);
      return;
    }
    if (this.#stalled.has(socket.user)) return;
    this.#sockets.set(socket.user, socket);
    socket.readyState = FakeWebSocket.OPEN;
    socket.onopen?.({});
  }

  receive(socket: FakeWebSocket, data: string): void {
    if (this.#stalled.has(socket.user)) return;
    if (data === '\r\n\r\n') {
      setTimeout(() => socket.onmessage?.({ data: '\r\n' }), 1);
      return;
    }
    if (data === '\r\n') return;
    if (data.startsWith('REGISTER')) this.#register(socket.user, data);
    else if (data.startsWith('SIP/2.0')) this.#response(socket.user, data);
    else this.#request(socket.user, data);
  }

  #deliver(from: string, to: string, frame: string): void {
    const text = this.tap({ from, to, text: frame });
    if (text === null) return;
    this.frames.push({ from, to, text, at: performance.now() });
    setTimeout(() => {
      if (!this.#stalled.has(to) && !this.#cut.has(to)) this.#sockets.get(to)?.onmessage?.({ data: text });
    }, 1);
  }

  #register(user: string, text: string): void {
    this.frames.push({ from: user, to: 'wire', text, at: performance.now() });
    const contact = headerOf(text, 'Contact');
    this.#usersByContact.set(/sip:([^@;>]+)@/.exec(contact)?.[1] ?? '', user);
    this.#usersByContact.set(user, user);
    const isAsked = this.challenges.length > 0 && headerOf(text, 'Authorization') === '';
    this.#deliver(
      'wire',
      user,
      this.#answer(
        text,
        isAsked ? '401 Unauthorized' : '200 OK',
        isAsked ? this.challenges.map(value => `WWW-Authenticate: ${value}`) : [`Contact: ${contact}`],
      ),
    );
  }

  #answer(request: string, status: string, headers: readonly string[]): string {
    const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map(name => `${name}: ${headerOf(request, name)}`);
    const to = headerOf(request, 'To');
    const tagged = to.includes('tag=') ? to : `${to};tag=wire`;
    return [`SIP/2.0 ${status}`, ...copied, `To: ${tagged}`, ...headers, 'Content-Length: 0', '', ''].join('\r\n');
  }

  #request(from: string, text: string): void {
    const target = /^\w+ sip:([^@; ]+)@/.exec(text)?.[1] ?? '';
    const to = this.#usersByContact.get(target);
    if (to === undefined) {
      this.frames.push({ from, to: 'wire', text, at: performance.now() });
      if (!text.startsWith('ACK')) this.#deliver('wire', from, this.#answer(text, '404 Not Found', []));
      return;
    }
    const branch = /branch=([^;\s]+)/.exec(headerOf(text, 'Via'))?.[1] ?? '';
    // The branch is derived, so that CANCEL and ACK meet their INVITE without any state here.
    const via = `Via: SIP/2.0/WS wire.invalid;branch=z9hG4bK-${from}-${branch}\r\n`;
    const isOpening = text.startsWith('INVITE') && !headerOf(text, 'To').includes('tag=');
    const extra = isOpening ? this.inviteHeaders.map(line => `${line}\r\n`).join('') : '';
    const lineEnd = text.indexOf('\r\n') + 2;
    this.#deliver(from, to, text.slice(0, lineEnd) + via + extra + text.slice(lineEnd));
  }

  #response(from: string, text: string): void {
    const to = /^Via:[^\r\n]*branch=z9hG4bK-([^-\r\n]+)-/im.exec(text)?.[1];
    const popped = text.replace(/^Via:[^\r\n]*\r\n/im, '');
    if (to === undefined) this.frames.push({ from, to: 'wire', text, at: performance.now() });
    else this.#deliver(from, to, popped);
  }
}

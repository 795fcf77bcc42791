import { WebSocket } from 'ws';
import { SipText } from './sip-text';

/** Waits until `find` gives something; a fact that never comes fails the test by name. */
export async function until<T>(what: string, find: () => T | null | undefined | false, withinMs = 10_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = find();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** Raw SIP over one WebSocket. */
export class SipSocket {
  readonly received: SipText[] = [];
  readonly keepAlives: string[] = [];
  closeCode: number | null = null;
  onMessage: (message: SipText) => void = () => {};
  /** Answers pings, as every WebSocket does that is reached by them. */
  isReached = true;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (/^(\r\n)+$/.test(text)) this.keepAlives.push(text);
      else this.deliver(new SipText(text));
    });
    socket.on('ping', data => void (this.isReached && socket.pong(data)));
    socket.on('close', code => (this.closeCode = code));
    socket.on('error', () => (this.closeCode ??= 0));
  }

  /** @param ca PEM of the authority that is trusted over wss */
  static async open(url: string, headers: Record<string, string> = {}, ca?: string): Promise<SipSocket> {
    const socket = new WebSocket(url, ['sip'], { headers, autoPong: false, ...(ca !== undefined && { ca }) });
    const opened = new SipSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return opened;
  }

  send(text: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  /** First message of this kind that came, waited for. */
  message(what: string, matches: (message: SipText) => boolean, withinMs?: number): Promise<SipText> {
    return until(what, () => this.received.find(matches), withinMs);
  }

  close(): void {
    this.socket.close();
  }

  /** As if the network had gone: no close frame. */
  cut(): void {
    this.socket.terminate();
  }

  private deliver(message: SipText): void {
    this.received.push(message);
    this.onMessage(message);
  }
}

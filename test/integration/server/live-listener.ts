import { WebSocket } from 'ws';
import type { LiveEvent, LiveFromServer } from '../../../src-shared/server-api/live-messages';
import { liveFromServer } from '../../../src-shared/server-api/live-messages';

/** A bare live connection that keeps what it hears. */
export class LiveListener {
  readonly heard: LiveFromServer[] = [];
  closedWith: { code: number; reason: string } | null = null;
  private constructor(readonly socket: WebSocket) {
    socket.on('message', data => this.heard.push(liveFromServer.parse(JSON.parse((data as Buffer).toString()))));
    socket.on('close', (code, reason) => (this.closedWith = { code, reason: String(reason) }));
  }

  static connect(url: string, headers: Record<string, string> = {}): Promise<LiveListener> {
    const socket = new WebSocket(url, { headers });
    const listener = new LiveListener(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(listener));
      socket.once('error', reject);
    });
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  hello(accessToken: string, lastEventId: number | null = null): void {
    this.say({ type: 'hello', accessToken, lastEventId });
  }

  get events(): LiveEvent[] {
    return this.heard.flatMap(message => (message.type === 'event' ? [message.event] : []));
  }

  get ids(): number[] {
    return this.heard.flatMap(message => (message.type === 'event' ? [message.id] : []));
  }

  welcome(): Extract<LiveFromServer, { type: 'welcome' }> | undefined {
    return this.heard.find(message => message.type === 'welcome');
  }
}

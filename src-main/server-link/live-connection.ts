import WebSocket from 'ws';
import { reconnectPolicy, retryDelayMs } from '../../src-shared/base/retry-policy';
import type { Clock } from '../../src-shared/base/clock';
import {
  liveFromServer,
  type LiveEvent,
  type LiveFromApp,
  type LiveFromServer,
} from '../../src-shared/server-api/live-messages';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import { trustedConnect, type CertificateTrust } from './certificate-trust';

type Welcome = Extract<LiveFromServer, { type: 'welcome' }>;
const pingMs = 5_000;
/** Connection, `hello` and `welcome` together. */
const welcomeWithinMs = 10_000;
const longestMessage = 1024 * 1024;

export interface LiveConnectionNeeds {
  readonly trust: CertificateTrust;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  /** `isRefused`: the last one did not work. @throws AppError when the session is over */
  readonly accessToken: (how: { isRefused: boolean }) => Promise<string>;
}

/** What the centre tells this person, as it happens. Comes back by itself, and asks for what was missed. */
export class LiveConnection {
  readonly events = new Announcer<LiveEvent>();
  /** True after `welcome`, false when the connection is gone. */
  readonly changes = new Announcer<boolean>();
  /** Events were missed that the server no longer has: fetch everything anew. */
  readonly gaps = new Announcer<void>();
  /** How far the server's clock is ahead of this computer's, in ms; told at every `welcome`. */
  readonly clockLeads = new Announcer<number>();
  #address: { origin: string; url: string } | null = null;
  #socket: WebSocket | null = null;
  #isUp = false;
  #attempt = 0;
  #lastEventId: number | null = null;
  #pingId = 0;
  #awaitsPong = false;
  /** The last connection said `hello` and got no `welcome`: its token is not tried again. */
  #wasRefused = false;
  #saidHello = false;
  #cancelTimer = (): void => undefined;

  constructor(private readonly needs: LiveConnectionNeeds) {}

  open(origin: string, url: string): void {
    this.close();
    this.#address = { origin, url };
    this.#lastEventId = null;
    this.#attempt = 0;
    this.#wasRefused = false;
    void this.#connect();
  }

  close(): void {
    this.#address = null;
    this.#cancelTimer();
    this.#drop();
  }

  /** The network came back: try now instead of at the end of the delay. */
  retryNow(): void {
    if (!this.#address || this.#isUp) return;
    this.#cancelTimer();
    this.#drop();
    void this.#connect();
  }

  async #connect(): Promise<void> {
    const address = this.#address;
    if (!address) return;
    let accessToken: string;
    try {
      accessToken = await this.needs.accessToken({ isRefused: this.#wasRefused });
    } catch (error) {
      return this.#retryLater(address, `no access token: ${reasonOf(error)}`);
    }
    if (this.#address !== address || this.#socket) return;
    const socket = new WebSocket(address.url, {
      createConnection: trustedConnect(address.origin, this.needs.trust) as never, // ws types only the net.connect form; Node calls back
      maxPayload: longestMessage,
      perMessageDeflate: false,
      followRedirects: false,
    });
    this.#socket = socket;
    this.#cancelTimer = this.needs.clock.after(welcomeWithinMs, () => this.#lost(socket, 'no welcome in time'));
    this.#saidHello = false;
    socket.on('open', () => {
      this.#saidHello = true;
      this.#say(socket, { type: 'hello', accessToken, lastEventId: this.#lastEventId });
    });
    socket.on('message', raw => this.#hear(socket, Buffer.isBuffer(raw) ? raw.toString('utf8') : ''));
    socket.on('error', error => this.#lost(socket, error.message));
    socket.on('close', code => this.#lost(socket, `closed with ${code}`));
  }

  #say(socket: WebSocket, message: LiveFromApp): void {
    socket.send(JSON.stringify(message));
  }

  #hear(socket: WebSocket, text: string): void {
    if (this.#socket !== socket) return;
    const message = liveFromServer.safeParse(parsed(text));
    if (!message.success) return this.needs.log.warn('live message dropped: not one we know');
    switch (message.data.type) {
      case 'welcome':
        return this.#welcome(socket, message.data);
      case 'event':
        this.#lastEventId = message.data.id;
        return this.events.announce(message.data.event);
      case 'pong':
        this.#awaitsPong = false;
    }
  }

  #welcome(socket: WebSocket, { lastEventId, isResumed, now }: Welcome): void {
    const isFirst = this.#lastEventId === null;
    if (!isResumed) this.#lastEventId = lastEventId;
    this.#attempt = 0;
    this.#wasRefused = false;
    this.#awaitsPong = false;
    this.#cancelTimer();
    this.#planPing(socket);
    this.clockLeads.announce(now - this.needs.clock.now());
    this.#enter(true);
    if (!isResumed && !isFirst) this.gaps.announce();
  }

  #planPing(socket: WebSocket): void {
    this.#cancelTimer = this.needs.clock.after(pingMs, () => {
      if (this.#awaitsPong) return this.#lost(socket, 'no pong');
      this.#awaitsPong = true;
      this.#say(socket, { type: 'ping', id: (this.#pingId += 1) });
      this.#planPing(socket);
    });
  }

  #lost(socket: WebSocket, why: string): void {
    const address = this.#address;
    if (this.#socket !== socket || !address) return;
    this.#wasRefused = this.#saidHello && !this.#isUp;
    this.#drop();
    this.#retryLater(address, why);
  }

  #retryLater(address: { origin: string; url: string }, why: string): void {
    if (this.#address !== address) return;
    this.#attempt += 1;
    const delayMs = retryDelayMs(reconnectPolicy, this.#attempt, this.needs.random());
    this.needs.log.warn(`live connection down (${why}), attempt ${this.#attempt} in ${delayMs} ms`);
    this.#cancelTimer();
    this.#cancelTimer = this.needs.clock.after(delayMs, () => void this.#connect());
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#cancelTimer();
    socket?.removeAllListeners();
    socket?.on('error', () => undefined); // terminating a socket that is still connecting raises one; nobody waits for it
    socket?.terminate();
    this.#enter(false);
  }

  #enter(isUp: boolean): void {
    if (this.#isUp === isUp) return;
    this.#isUp = isUp;
    this.needs.log.info(`live connection ${isUp ? 'up' : 'down'}`);
    this.changes.announce(isUp);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

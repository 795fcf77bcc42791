import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../src-shared/base/clock';
import { type LiveEvent, type LiveFromServer, liveFromApp } from '../../src-shared/server-api/live-messages';
import type { ServerLog } from '../server-log';
import type { Session } from '../sign-in/session-desk';

/** Events kept per person for who comes back after a gap. */
export const keptEvents = 200;
const helloWithinMs = 5_000;
/** Protocol pings find peers that are gone without a word; they go after two without an answer. */
const pingEveryMs = 30_000;
const maxMessageBytes = 8 * 1024;
/** Whoever is asked for a sign of life is asked as often: where this process was late itself, the first answer is read meanwhile. */
const questions = 2;
/** Unsent bytes beyond which a listener is not told what it will soon be told anew; it is when it has caught up. */
const busyBufferedBytes = 64 * 1024;
const catchUpEveryMs = 100;
/** Unsent bytes after which a listener is let go; it comes back and resumes. */
const maxBufferedBytes = 256 * 1024;

/** WebSocket close codes of ours (RFC 6455 section 7.4.2: 4000-4999 are private). */
export const liveClose = {
  badMessage: 4400,
  notSignedIn: 4401,
  sessionEnded: 4403,
  noHello: 4408,
  replaced: 4409,
  tooSlow: 4413,
} as const;

interface Channel {
  lastEventId: number;
  kept: { readonly id: number; readonly event: LiveEvent }[];
  /** The newest event that is neither kept nor replaced by a newer one. */
  forgottenId: number;
  readonly listeners: Map<WebSocket, Session>;
}

const texts = new WeakMap<LiveEvent, string>();
/** One event told to many is written out once. */
function eventText(id: number, event: LiveEvent): string {
  const text = texts.get(event) ?? JSON.stringify(event);
  texts.set(event, text);
  return `{"type":"event","id":${id},"event":${text}}`;
}

export interface LiveHubParts {
  readonly clock: Clock;
  readonly log: ServerLog;
  /** @throws AppError for a token that is no good */
  readonly authenticate: (accessToken: string) => Session;
  /** What somebody who starts from nothing must be told first. */
  readonly stateFor: (personId: string) => readonly LiveEvent[];
}

/**
 * Who is connected, who hears what. Each person has one stream of events, numbered without gaps; who reconnects names the last number
 * they saw and is told the rest. Who cannot resume is told the present state, as events like any other.
 */
export class LiveHub {
  private readonly channels = new Map<string, Channel>();
  /** What slow listeners will be told when they have caught up. */
  private readonly owed = new WeakMap<WebSocket, Set<LiveEvent['type']>>();
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    clientTracking: true,
    perMessageDeflate: false,
  });
  /** Numbers start at the time of the start: a number from before a restart is then always too old, never wrongly "seen". */
  private readonly firstEventId: number;

  constructor(private readonly parts: LiveHubParts) {
    this.firstEventId = parts.clock.now();
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.handleUpgrade(request, socket, head, webSocket => this.welcome(webSocket));
  }

  /** Tells one person, now and, within bounds, after a gap. */
  publish(personId: string, event: LiveEvent): void {
    const channel = this.channel(personId);
    channel.lastEventId += 1;
    channel.kept.push({ id: channel.lastEventId, event });
    if (channel.kept.length > keptEvents) channel.forgottenId = channel.kept.shift()?.id ?? channel.forgottenId;
    for (const webSocket of channel.listeners.keys())
      this.send(webSocket, { type: 'event', id: channel.lastEventId, event });
  }

  /** Tells one person a whole value that will often be another: only the newest is kept, and who is slow is spared the ones between. */
  publishNewest(personId: string, event: LiveEvent): void {
    const channel = this.channel(personId);
    channel.lastEventId += 1;
    channel.kept = channel.kept.filter(kept => kept.event.type !== event.type);
    channel.kept.push({ id: channel.lastEventId, event });
    for (const webSocket of channel.listeners.keys()) {
      if (webSocket.bufferedAmount <= busyBufferedBytes)
        this.sendText(webSocket, eventText(channel.lastEventId, event));
      else this.tellLater(webSocket, personId, event.type);
    }
  }

  /** Tells the listeners of this session that it is over and lets them go. The next session hears nothing of it. */
  endSession(session: Session, event: Extract<LiveEvent, { type: 'session.ended' }> | null): void {
    const channel = this.channel(session.personId);
    if (event !== null) this.publish(session.personId, event);
    channel.kept = [];
    channel.forgottenId = channel.lastEventId;
    for (const [webSocket, owner] of channel.listeners)
      if (owner.id === session.id) this.close(webSocket, liveClose.sessionEnded, event?.reason ?? 'signed-out');
  }

  /** Whether somebody gives a sign of life in time, being asked for one; null when there is no connection over which to ask. */
  async isThere(personId: string, withinMs: number): Promise<boolean | null> {
    const asked = [...(this.channels.get(personId)?.listeners.keys() ?? [])];
    for (let left = questions; left > 0; left--) {
      const isOpen = asked.some(({ readyState, OPEN }) => readyState === OPEN);
      if (!isOpen) return null;
      if (await this.answers(asked, withinMs / questions)) return true;
    }
    return false;
  }

  private answers(asked: readonly WebSocket[], withinMs: number): Promise<boolean> {
    return new Promise(resolve => {
      const settle = (isThere: boolean): void => {
        cancel();
        for (const webSocket of asked) webSocket.off('pong', answered).off('message', answered);
        resolve(isThere);
      };
      const answered = (): void => settle(true);
      const cancel = this.parts.clock.after(withinMs, () => settle(false));
      for (const webSocket of asked) webSocket.on('pong', answered).on('message', answered).ping();
    });
  }

  stop(): void {
    for (const webSocket of this.sockets.clients) webSocket.terminate();
    this.sockets.close();
  }

  private welcome(webSocket: WebSocket): void {
    const cancel = this.parts.clock.after(helloWithinMs, () => this.close(webSocket, liveClose.noHello, 'no hello'));
    let hasSaidHello = false;
    webSocket.on('message', (data, isBinary) => {
      const message = isBinary ? null : this.read((data as Buffer).toString());
      if (message === null) this.close(webSocket, liveClose.badMessage, 'bad message');
      else if (message.type === 'ping') this.send(webSocket, { type: 'pong', id: message.id });
      else if (hasSaidHello) this.close(webSocket, liveClose.badMessage, 'second hello');
      else {
        hasSaidHello = true;
        cancel();
        this.hello(webSocket, message.accessToken, message.lastEventId);
      }
    });
    // ws reports frames against the protocol here and closes by itself.
    webSocket.on('error', error => this.parts.log.debug(`live socket: ${error.message}`));
    webSocket.on('close', cancel);
    this.watch(webSocket);
  }

  private watch(webSocket: WebSocket): void {
    let isAlive = true;
    let cancel = (): void => undefined;
    const beat = (): void => {
      if (!isAlive) {
        webSocket.terminate();
        return;
      }
      isAlive = false;
      webSocket.ping();
      cancel = this.parts.clock.after(pingEveryMs, beat);
    };
    webSocket.on('pong', () => (isAlive = true));
    webSocket.on('close', () => cancel());
    cancel = this.parts.clock.after(pingEveryMs, beat);
  }

  private read(text: string): ReturnType<typeof liveFromApp.parse> | null {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      this.parts.log.debug(`live socket: ${String(error)}`);
      return null;
    }
    return liveFromApp.safeParse(json).data ?? null;
  }

  private hello(webSocket: WebSocket, accessToken: string, lastEventId: number | null): void {
    let session: Session;
    try {
      session = this.parts.authenticate(accessToken);
    } catch (error) {
      this.parts.log.debug(`live hello refused: ${String(error)}`);
      this.close(webSocket, liveClose.notSignedIn, 'sign-in/expired');
      return;
    }
    const channel = this.channel(session.personId);
    for (const [former, owner] of channel.listeners)
      if (owner.id === session.id) this.close(former, liveClose.replaced, 'replaced');
    channel.listeners.set(webSocket, session);
    webSocket.on('close', () => channel.listeners.delete(webSocket));
    const isResumed = lastEventId !== null && lastEventId >= channel.forgottenId && lastEventId <= channel.lastEventId;
    this.send(webSocket, {
      type: 'welcome',
      lastEventId: channel.lastEventId,
      isResumed,
      now: this.parts.clock.now(),
    });
    if (isResumed)
      for (const kept of channel.kept)
        if (kept.id > lastEventId) this.send(webSocket, { type: 'event', id: kept.id, event: kept.event });
    if (!isResumed) for (const event of this.parts.stateFor(session.personId)) this.publish(session.personId, event);
  }

  private channel(personId: string): Channel {
    const known = this.channels.get(personId);
    if (known !== undefined) return known;
    const channel: Channel = {
      lastEventId: this.firstEventId,
      forgottenId: this.firstEventId,
      kept: [],
      listeners: new Map(),
    };
    this.channels.set(personId, channel);
    return channel;
  }

  /** When the listener has caught up, or is gone and may come back, the newest is told under a new number: nobody has seen that. */
  private tellLater(webSocket: WebSocket, personId: string, type: LiveEvent['type']): void {
    const owed = this.owed.get(webSocket) ?? new Set();
    this.owed.set(webSocket, owed);
    if (owed.has(type)) return;
    owed.add(type);
    const channel = this.channel(personId);
    const look = (): void => {
      if (channel.listeners.has(webSocket) && webSocket.bufferedAmount > busyBufferedBytes) {
        this.parts.clock.after(catchUpEveryMs, look);
        return;
      }
      owed.delete(type);
      const newest = channel.kept.find(kept => kept.event.type === type);
      if (newest !== undefined) this.publishNewest(personId, newest.event);
    };
    this.parts.clock.after(catchUpEveryMs, look);
  }

  private send(webSocket: WebSocket, message: LiveFromServer): void {
    this.sendText(webSocket, JSON.stringify(message));
  }

  private sendText(webSocket: WebSocket, text: string): void {
    if (webSocket.readyState !== webSocket.OPEN) return;
    if (webSocket.bufferedAmount > maxBufferedBytes) {
      this.parts.log.warn('live socket is too slow: closed, it may resume');
      webSocket.terminate();
      return;
    }
    webSocket.send(text);
  }

  /** Closed for us at once; a peer that does not answer the close frame is cut by ws after 30 s. */
  private close(webSocket: WebSocket, code: number, reason: string): void {
    for (const channel of this.channels.values()) channel.listeners.delete(webSocket);
    webSocket.close(code, reason);
  }
}

import { connect, type Socket } from 'node:net';
import type { Clock } from '../../../../src-shared/base/clock';
import { reconnectPolicy, retryDelayMs } from '../../../../src-shared/base/retry-policy';
import type { ServerLog } from '../../../server-log';
import { type AmiFields, type AmiMessage, AmiParser, amiText } from './ami-message';

const answerWithinMs = 5000;
/** An answer that came later than this is told to the log: people wait for it. */
const toldAfterMs = 1000;
/**
 * Asterisk is asked for a sign of life this often; a half-open connection would otherwise stay silent for ever. This also bounds how late an
 * event can come that Asterisk has ready and forgets to send until something else happens (asterisk issue 2145, a lost wake-up).
 */
const pingEveryMs = 1000;
/** The manager port is open long before the last module is loaded. */
const bootsWithinMs = 120_000;

export interface AmiConnectionParts {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly random?: () => number;
  readonly onEvent: (event: AmiMessage) => void;
  /** Logged in, at first and after each gap. Events that arrive meanwhile are given out as they come. */
  readonly onUp: () => Promise<void>;
  readonly onDown: () => void;
}

/** Asterisk said no to an action, or said nothing in time. */
export class AmiFailure extends Error {
  override readonly name = 'AmiFailure';
  constructor(
    message: string,
    /** It did not say no, it said nothing. */
    readonly isSilence = false,
  ) {
    super(message);
  }
}

interface Waiting {
  readonly list: AmiMessage[] | null;
  readonly resolve: (messages: readonly AmiMessage[]) => void;
  readonly reject: (error: Error) => void;
  readonly cancelTimer: () => void;
  readonly answered: () => void;
}

/**
 * One connection to the Asterisk Manager Interface: logs in, answers actions by ActionID, comes back by itself.
 *
 *   down ──► connecting ──► logging in ──► booting ──► up ──► down (onDown), again after `reconnectPolicy`
 */
export class AmiConnection {
  private socket: Socket | null = null;
  private isUp = false;
  private isStopped = true;
  private attempt = 0;
  private lastId = 0;
  private lastProblem = '';
  private onFullyBooted: () => void = () => undefined;
  private cancelTimer: () => void = () => undefined;
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly parts: AmiConnectionParts) {}

  start(): void {
    this.isStopped = false;
    this.connect();
  }

  stop(): void {
    this.isStopped = true;
    this.cancelTimer();
    this.socket?.destroy();
    this.lost('stopped');
  }

  get isConnected(): boolean {
    return this.isUp;
  }

  /** Sends an action. @throws AmiFailure when it is refused, not answered in time, or there is no connection */
  async action(fields: AmiFields): Promise<AmiMessage> {
    if (!this.isUp) throw new AmiFailure('no connection to Asterisk');
    const [response] = await this.send(fields, false);
    if (response === undefined) throw new AmiFailure('no response');
    return response;
  }

  /** Sends an action that is answered with a list of events. */
  async list(fields: AmiFields): Promise<readonly AmiMessage[]> {
    if (!this.isUp) throw new AmiFailure('no connection to Asterisk');
    return this.send(fields, true);
  }

  /** The same for actions that Asterisk answers with an error when there is nothing to list. */
  async listIfAny(fields: AmiFields): Promise<readonly AmiMessage[]> {
    try {
      return await this.list(fields);
    } catch (error) {
      if (this.isUp && error instanceof AmiFailure && !error.isSilence) return [];
      throw error;
    }
  }

  private connect(): void {
    const { host, port } = this.parts;
    const parser = new AmiParser();
    const socket = connect({ host, port, noDelay: true });
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.once('connect', () => this.logIn(socket));
    socket.on('data', (text: string) => {
      try {
        for (const message of parser.push(text)) this.take(message);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.on('error', error => (this.lastProblem = error.message));
    socket.once('close', () => {
      if (this.socket === socket) this.closed();
    });
  }

  private logIn(socket: Socket): void {
    const { user, secret, onUp, log, host, port } = this.parts;
    const isBooted = new Promise<void>(resolve => (this.onFullyBooted = resolve));
    this.send({ Action: 'Login', Username: user, Secret: secret }, false)
      .then(async () => {
        this.cancelTimer = this.parts.clock.after(bootsWithinMs, () => socket.destroy(new Error('does not boot')));
        await isBooted;
        if (this.socket !== socket) return;
        this.cancelTimer();
        this.isUp = true;
        this.attempt = 0;
        log.info(`asterisk: connected to ${host}:${port}`);
        this.ping(socket);
        await onUp();
      })
      .catch((error: unknown) => {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      });
  }

  private ping(socket: Socket): void {
    this.cancelTimer = this.parts.clock.after(pingEveryMs, () => {
      this.send({ Action: 'Ping' }, false).then(
        () => {
          if (this.socket === socket && this.isUp) this.ping(socket);
        },
        (error: unknown) => socket.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  private closed(): void {
    this.socket = null;
    this.cancelTimer();
    const problem = this.lastProblem === '' ? 'closed by Asterisk' : this.lastProblem;
    this.lost(problem);
    if (this.isStopped) return;
    this.attempt++;
    const delay = retryDelayMs(reconnectPolicy, this.attempt, (this.parts.random ?? Math.random)());
    const message = `asterisk: no connection (${problem}), attempt ${this.attempt + 1} in ${delay} ms`;
    // Once as a warning; the hundredth time says nothing new.
    if (this.attempt === 1) this.parts.log.warn(message);
    else this.parts.log.debug(message);
    this.lastProblem = '';
    this.cancelTimer = this.parts.clock.after(delay, () => this.connect());
  }

  private lost(problem: string): void {
    for (const [id, waiting] of this.waiting) {
      this.waiting.delete(id);
      waiting.cancelTimer();
      waiting.reject(new AmiFailure(problem));
    }
    if (!this.isUp) return;
    this.isUp = false;
    this.parts.onDown();
  }

  private send(fields: AmiFields, isList: boolean): Promise<readonly AmiMessage[]> {
    const id = String(++this.lastId);
    return new Promise((resolve, reject) => {
      const text = amiText({ ...fields, ActionID: id });
      const sentAt = this.parts.clock.monotonic();
      const cancelTimer = this.parts.clock.after(answerWithinMs, () => {
        this.whenRead(() => {
          if (this.waiting.delete(id))
            reject(new AmiFailure(`${String(fields['Action'])}: no answer in ${answerWithinMs} ms`, true));
        });
      });
      const answered = (): void => {
        cancelTimer();
        const tookMs = Math.round(this.parts.clock.monotonic() - sentAt);
        if (tookMs > toldAfterMs) this.parts.log.warn(`asterisk: ${String(fields['Action'])} took ${tookMs} ms`);
      };
      this.waiting.set(id, { list: isList ? [] : null, resolve, reject, cancelTimer, answered });
      this.socket?.write(text);
    });
  }

  /** A thread that stood still hears of its timers first, and of the answers that lay there in time only then. */
  private whenRead(run: () => void): void {
    const before = this.socket?.bytesRead;
    setImmediate(() => (this.socket?.bytesRead === before ? run() : this.whenRead(run)));
  }

  private take(message: AmiMessage): void {
    const waiting = this.waiting.get(message.get('ActionID'));
    if (message.get('Event') === 'FullyBooted') this.onFullyBooted();
    if (waiting !== undefined) this.answer(message, waiting);
    else if (message.get('Event') !== '') this.parts.onEvent(message);
  }

  private answer(message: AmiMessage, waiting: Waiting): void {
    const { list } = waiting;
    const response = message.get('Response');
    if (response === 'Error') this.settle(message, () => waiting.reject(new AmiFailure(message.get('Message'))));
    else if (list === null) this.settle(message, () => waiting.resolve([message]));
    else if (message.get('EventList') === 'Complete') this.settle(message, () => waiting.resolve(list));
    else if (response === '') list.push(message);
  }

  private settle(message: AmiMessage, tell: () => void): void {
    const id = message.get('ActionID');
    this.waiting.get(id)?.answered();
    this.waiting.delete(id);
    tell();
  }
}

import type { CallEvent } from '../../../src-shared/call/call-event';
import type { EndOfSession, JsSipSession } from '../jssip/jssip-internals';
import type { LineGate } from '../line/line-gate';
import type { Log } from '../report';
import { endedEvent } from './jssip-to-call-event';
import type { JsSipCause } from './jssip-to-call-event';

interface CallEndingParts {
  readonly callId: string;
  readonly session: JsSipSession;
  readonly gate: LineGate;
  readonly log: Log;
  /** Once, at the end of all. */
  readonly onEnded: (ended: CallEvent) => void;
}

/** RFC 3261, timer B and F: what is older finds nobody on the other side. */
const goodbyeWithinMs = 32_000;
/** "Up" but not sendable: the loss has not been noticed yet. */
const unnoticedLossMs = 1_000;
/** What the other side is told when we give a call up. */
const givenUpWith = { 'Connection Error': 500, 'RTP Timeout': 408 } as const satisfies Partial<
  Record<JsSipCause, number>
>;

/** How a call comes to its end: by whom and why, and how the other side learns of it, also while the line is away. */
export class CallEnding {
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #isOver = false;
  #isHungUpWhileDown = false;
  #refusedWith: number | null = null;
  /** Why we ended it ourselves, where JsSIP would only say "Canceled" or "Rejected". */
  #ownCause: JsSipCause | null = null;
  /** The centre has our party: what ends now was sent on. */
  #isTransferred = false;

  constructor(private readonly parts: CallEndingParts) {}

  /** JsSIP has ended it; of one that was hung up while the line was away this may not be told yet. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Sound stops at once, whatever the line does. */
  hangUp(): void {
    const { session, gate } = this.parts;
    if (session.isEnded()) return;
    this.#isHungUpWhileDown = !gate.isUp;
    const invite = session._request;
    const isDialing = session.direction === 'outgoing' && !session.isEstablished();
    session.terminate();
    // JsSIP has just sent its CANCEL nowhere.
    if (this.#isHungUpWhileDown && isDialing) this.sendWhenUp(() => invite?.cancel?.());
  }

  /** Refuses a call that rings. */
  refuse(sipCode: number, cause: JsSipCause | null = null): void {
    if (this.parts.session.isEnded()) return;
    this.#refusedWith = sipCode;
    this.#ownCause = cause;
    this.parts.session.terminate({ status_code: sipCode, ...(cause === null ? {} : { cause }) });
  }

  /** The centre ends this part itself, or waits for us to do it (RFC 5589 section 6.1): either is right. */
  leaveTransferred(): void {
    this.#isTransferred = true;
    if (!this.parts.session.isEnded()) this.parts.session.terminate();
  }

  /** A call that nobody has answered cannot outlive its line for ever. */
  lineLost(): void {
    const { session, gate } = this.parts;
    if (session.isEstablished()) return;
    this.endUnless(() => gate.isUp || session.isEstablished(), goodbyeWithinMs, 'Connection Error');
  }

  /** Gives the call up when it is not well by then. */
  endUnless(isWell: () => boolean, withinMs: number, cause: keyof typeof givenUpWith): void {
    const { session } = this.parts;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (isWell() || session.isEnded()) return;
      this.#ownCause = cause;
      session.terminate({ cause, status_code: givenUpWith[cause] });
    }, withinMs);
    this.#timers.add(timer);
  }

  /** JsSIP says that it is over. */
  over({ originator, message, cause }: EndOfSession): void {
    const { session, onEnded } = this.parts;
    this.#isOver = true;
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    const ended = endedEvent({
      direction: session.direction,
      isConfirmed: session._is_confirmed,
      originator,
      cause: this.#ownCause ?? cause,
      statusCode: message?.status_code ?? this.#refusedWith,
      reason: message?.getHeader('reason') ?? null,
    });
    if (this.#isHungUpWhileDown) void this.#tellWhenSaid(ended);
    else onEnded(this.#isTransferred ? { ...ended, cause: 'transferred' } : ended);
  }

  /** Sends a goodbye over the next line, if that is not too late. */
  sendWhenUp(send: () => void): void {
    const { gate, log, callId } = this.parts;
    const sendOrForget = async (): Promise<void> => {
      if (gate.isUp) await new Promise(resolve => setTimeout(resolve, unnoticedLossMs));
      if (await gate.whenUp(goodbyeWithinMs)) send();
      else log('warn', `call ${callId}: the other side could not be told of the end`);
    };
    void sendOrForget();
  }

  /** Hung up while the line was away: over only when the other side could be told, or cannot be told any more. */
  async #tellWhenSaid(ended: CallEvent & { type: 'ended' }): Promise<void> {
    const isSaid = await this.parts.gate.whenUp(goodbyeWithinMs);
    this.parts.onEnded(isSaid ? ended : { ...ended, cause: 'line-lost' });
  }
}

import { AppError } from '../../src-shared/errors/app-error';
import type { Clock } from '../../src-shared/base/clock';
import type { Call, Party, PendingAction } from '../../src-shared/call/call';
import type { CallEvent } from '../../src-shared/call/call-event';
import { transitionCall } from '../../src-shared/call/transition-call';
import { Announcer } from '../base/announcer';
import { maskNumber, type Logger } from '../base/logger';

/** Customer leg and consult leg; a third call is answered "busy" by the engine. */
export const maxLiveCalls = 2;
/** An ended call beside a live one leaves the screen by itself; alone it stays until the person has read it. */
const endedBesideLiveMs = 5_000;

export interface NewCall {
  readonly id: string;
  readonly device: Call['device'];
  readonly direction: Call['direction'];
  readonly remote: Party;
  readonly queueName: string | null;
  readonly centralCallId: string | null;
  readonly startedAt: number;
  readonly returnedTransfer?: Call['returnedTransfer'];
  readonly transferredBy?: Call['transferredBy'];
}

/** Why it rings: of a call at a desk phone told a moment after its beginning. */
type Whence = 'queueName' | 'returnedTransfer' | 'transferredBy';

/** Facts that are not moves of the state machine. */
export type CallDetails = Partial<
  Pick<
    Call,
    | 'isMuted'
    | 'quality'
    | 'isMediaInterrupted'
    | 'centralCallId'
    | 'pendingAction'
    | 'parties'
    | 'isSpeaking'
    | 'remote'
    | Whence
  >
>;

const isLive = (call: Call): boolean => call.state !== 'ended';

/** Owns every call: applies facts, says what changed. The one place where a `Call` is made or replaced. */
export class CallDesk {
  /** The whole list, after every change. */
  readonly changes = new Announcer<readonly Call[]>();
  /** Each call once, when it has ended. */
  readonly endings = new Announcer<Call>();
  #calls: readonly Call[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  all(): readonly Call[] {
    return this.#calls;
  }

  live(): readonly Call[] {
    return this.#calls.filter(isLive);
  }

  /** Calls that are heard here, and that would be cut if the app went away. */
  liveHere(): readonly Call[] {
    return this.live().filter(call => call.device === 'app');
  }

  find(callId: string): Call | undefined {
    return this.#calls.find(call => call.id === callId);
  }

  /** A call begins: `ringing` when it comes to us, `dialing` when we place it. Ended calls make room. */
  begin(start: NewCall): Call {
    const call: Call = {
      returnedTransfer: null,
      transferredBy: null,
      ...start,
      parties: [],
      state: start.direction === 'inbound' ? 'ringing' : 'dialing',
      answeredAt: null,
      endedAt: null,
      heldBy: [],
      isMuted: false,
      isSpeaking: false,
      pendingAction: null,
      quality: null,
      isMediaInterrupted: false,
      endCause: null,
      sipCode: null,
    };
    if (this.find(call.id)) {
      this.log.warn(`call ${call.id} began twice`);
      return call;
    }
    // Told first, written down after: the card on screen does not wait for the disk.
    this.#replace([...this.live(), call]);
    this.log.info(`call ${call.id} ${call.direction} ${maskNumber(call.remote.number)} ${call.state}`);
    return call;
  }

  /** @returns false when the fact was late, doubled or impossible; nothing changed then */
  apply(callId: string, event: CallEvent, at: number): boolean {
    const before = this.find(callId);
    if (!before) {
      this.log.debug(`${event.type} for unknown call ${callId}`);
      return false;
    }
    const { call, accepted } = transitionCall(before, event, at);
    if (!accepted) {
      this.log.debug(`call ${callId}: ${event.type} not accepted while ${before.state}`);
      return false;
    }
    const others = this.#calls.filter(({ id }) => id !== callId);
    this.#replace(
      isLive(call) ? this.#calls.map(each => (each.id === callId ? call : each)) : [...others.filter(isLive), call],
    );
    if (!isLive(call)) this.#ended(call);
    if (call.state !== before.state)
      this.log.info(`call ${callId} ${before.state} → ${call.state}${call.endCause ? ` (${call.endCause})` : ''}`);
    return true;
  }

  /** Facts beside the state machine. Unknown calls are ignored: such reports may come after the end. */
  note(callId: string, details: CallDetails): void {
    const before = this.find(callId);
    if (!before) return;
    const isChanged = Object.entries(details).some(([key, value]) => before[key as keyof CallDetails] !== value);
    if (isChanged) this.#replace(this.#calls.map(call => (call.id === callId ? { ...call, ...details } : call)));
  }

  /** The name belonging to a number was found after the call had begun. */
  nameRemote(callId: string, name: string): void {
    const before = this.find(callId);
    if (before && before.remote.name === null)
      this.#replace(
        this.#calls.map(call => (call.id === callId ? { ...call, remote: { ...call.remote, name } } : call)),
      );
  }

  setPending(callId: string, action: PendingAction | null): void {
    this.note(callId, { pendingAction: action });
  }

  /** Takes an ended call off the screen. @throws AppError when it is still going on */
  dismiss(callId: string): void {
    const call = this.find(callId);
    if (!call) return;
    if (isLive(call)) throw new AppError('call/not-allowed', `dismiss: call is ${call.state}`);
    this.forget(callId);
  }

  /** A call that never was: its INVITE could not be sent. */
  forget(callId: string): void {
    this.#replace(this.#calls.filter(({ id }) => id !== callId));
  }

  /** Nobody tells us any more what goes on at the desk phone. */
  deskPhoneLeft(): void {
    this.#replace(this.#calls.filter(({ device }) => device === 'app'));
  }

  /** The engine process died, and every call in it. */
  engineLost(): void {
    for (const { id } of this.liveHere())
      this.apply(id, { type: 'ended', cause: 'engine-lost', sipCode: null }, this.clock.now());
  }

  #ended(call: Call): void {
    if (this.live().length > 0) this.clock.after(endedBesideLiveMs, () => this.forget(call.id));
    this.endings.announce(call);
  }

  #replace(calls: readonly Call[]): void {
    if (calls.length === this.#calls.length && calls.every((call, index) => call === this.#calls[index])) return;
    this.#calls = calls;
    this.changes.announce(calls);
  }
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LineCredential } from '../../src-shared/line/line-state';
import type { Speaking, TelephonyEvent } from './telephony-events';

/** What an engine tells belongs to the contract: who talks with an engine imports this file alone. */
export type { OfferEnd, Speaking, TelephonyEvent, TransferFailure } from './telephony-events';

/**
 * What a desk phone's password becomes before it is stored: HA1 in lower-case hex (RFC 7616 section 3.4.2) of
 * `extension:realm:password` in the realm `sipRealm`. The password itself is shown once, when it is made, and kept nowhere.
 */
export interface DeskPhoneDigests {
  readonly md5: string;
  readonly sha256: string;
}

/** An extension as the engine needs it; comes from the centre's agents. */
export interface Extension {
  readonly extension: string;
  readonly displayName: string;
  /** Calls of this extension are recorded (S192). */
  readonly isRecorded: boolean;
  /** Set for a SIP extension, whose calls ring at a desk phone (S142); null for a Web extension, whose phone is the app. */
  readonly deskPhone: DeskPhoneDigests | null;
}

export interface QueueDefinition {
  readonly id: string;
  /** What people read, and what travels in the SIP header X-Queue. */
  readonly name: string;
  /** What can be dialled to reach it. */
  readonly number: string;
  /** A member who does not answer in this time is passed over for the next. */
  readonly ringTimeoutMs: number;
  /** Time after a queue call in which the member gets no other. */
  readonly wrapUpMs: number;
  readonly memberExtensions: readonly string[];
  /** Who is offered a caller: one member after the other (the default), or all free members at once. */
  readonly strategy?: 'longest-idle' | 'ring-all';
}

/** What the engine reads of the centre; asked anew at each use, so a change needs no restart. */
export interface TelephonyDirectory {
  extensions(): readonly Extension[];
  queues(): readonly QueueDefinition[];
  /** Whether who has this extension may send a call to a number outside the centre. A directory that does not say lets everybody. */
  maySendOutside?(extension: string): boolean;
  /**
   * Whether this phone rings for somebody who calls it, or is sent to it, while it has a call. What comes back from a transfer always
   * rings. A directory that does not say lets all of them ring.
   */
  takesSecondCalls?(extension: string): boolean;
}

/** Somebody who waits in a queue. */
export interface WaitingCaller {
  readonly callId: string;
  readonly number: string;
  /** 1 is the next to be offered. */
  readonly position: number;
}

/**
 * What the centre does with calls and callers that SIP alone cannot do well. Every order may fail with AppError `telephony/unreachable` where
 * the engine is a system of its own.
 */
export interface CallControl {
  /** Who waits, first in line first. @throws AppError `not-found` for an unknown queue */
  waitingCallers(queueId: string): Promise<readonly WaitingCaller[]>;
  /**
   * Puts a waiting caller at a position (1 is the head; one behind the end means the end).
   * @returns the order as read back from the engine @throws AppError `not-found` when the caller does not wait there any more
   */
  moveWaitingCaller(queueId: string, callId: string, position: number): Promise<readonly WaitingCaller[]>;
  /**
   * Click-to-dial: rings the extension's own phone (INVITE with `X-Dial: <number>`), and once it is answered calls the number as if the
   * phone had dialled it (S146). The call is told from the first ringing on.
   * @returns the call’s id @throws AppError `line/not-ready` when the own phone is not registered
   */
  dial(extension: string, number: string): Promise<string>;
  /**
   * Brings everybody of the consultation call into the room of the first call, mixed by the engine. The agent keeps the leg of the first
   * call; the consultation call ends with the cause `transferred`. May be repeated to bring in more, up to six.
   * @throws AppError `not-found` when one of the calls is over, `call/not-allowed` when its parties do not talk yet, `conference/full`
   */
  mergeCalls(callId: string, consultCallId: string): Promise<void>;
  /**
   * Sends whom this extension's phone talks with to a number, as a REFER of that phone would: the phone is released at once, and who comes to
   * nobody comes back. For phones that cannot be told to send one.
   * @throws AppError `not-found` when the call is over, `call/not-allowed` when the phone does not talk with exactly one other
   */
  transferCall(callId: string, extension: string, number: string): Promise<void>;
  /**
   * Leaves the parties of this extension's two calls with each other, as a REFER of its phone with Replaces would: an attended transfer, and
   * both calls end at that phone.
   * @throws AppError `not-found` when one of the calls is over, `call/not-allowed` when the phone does not talk with exactly one other in each
   */
  completeTransfer(callId: string, consultCallId: string, extension: string): Promise<void>;
  /**
   * Sends whoever rings at this extension's phone to a number, as if the phone had taken the call and sent it on in the same moment: it stops
   * ringing at once, and who comes to nobody comes back. Not for whom a queue offers: that one goes to the next member by itself.
   * @throws AppError `not-found` when nobody rings there any more, `call/not-allowed`
   */
  sendOn(callId: string, extension: string, number: string): Promise<void>;
  /**
   * Ends this extension's own part of a call as if its phone had hung up, also while that phone dials or is rung for its own call.
   * @throws AppError `not-found`
   */
  hangUpFor(callId: string, extension: string): Promise<void>;
  /**
   * Puts whom this extension's phone talks with on hold, with music, and lets the phone hear nothing; or takes them back. For phones that
   * cannot be told to. The phone's own key takes back what was held by order, too. Whom the phone itself holds gets its other line, where it
   * has one that it does not hold: the two calls change lines, and the other party waits.
   * @throws AppError `not-found` when the call is over, `call/not-allowed` when the phone does not talk with exactly one other,
   * `call/held-at-phone` when the phone itself holds and has no other line
   */
  setHeld(callId: string, extension: string, isHeld: boolean): Promise<void>;
  /** @throws AppError `not-found` */
  setPartyMuted(callId: string, legId: string, isMuted: boolean): Promise<void>;
  /** Ends one leg; the others go on while there are two of them. @throws AppError `not-found` */
  dropParty(callId: string, legId: string): Promise<void>;
  /**
   * Takes back whatever a queue lets ring at this phone; the caller goes on to the next member. Those offers end with `state-changed`.
   * The member is to be paused before, or the queue may choose it again.
   */
  withdrawOffers(extension: string): Promise<void>;
  /** @throws AppError `not-found` when the call is not recorded */
  setRecordingPaused(callId: string, isPaused: boolean): Promise<void>;
}

/** What the centre asks of a telephony engine. Everything above it cannot tell the engines apart. */
export interface Telephony extends CallControl {
  readonly name: 'embedded' | 'asterisk';
  start(): Promise<void>;
  /** Ends every call, closes every socket and file. Idempotent. */
  stop(): Promise<void>;
  /** Every fact from now on. The returned function unsubscribes. */
  onEvent(listener: (event: TelephonyEvent) => void): () => void;
  /** Told when somebody begins or ceases to speak in a conference, by the levels that its mixer measures. The returned function unsubscribes. */
  onSpeaking(listener: (speaking: Speaking) => void): () => void;
  /** Mints the SIP secret for one signed-in session; the former one of this extension ends. */
  issueLineCredential(extension: string, webSocketUrl: string): Promise<LineCredential>;
  /** Ends registration and secret. Calls that run are not cut. */
  revokeLineCredential(extension: string): Promise<void>;
  /**
   * A paused member is offered nothing. New members start paused. Resolves when the engine has done it; an engine that is away refuses,
   * and does what it was asked last when it is back.
   * @param queueId one of the member's queues; null for all of them (S150)
   */
  setMemberPaused(extension: string, isPaused: boolean, reason: string | null, queueId?: string | null): Promise<void>;
  isRegistered(extension: string): boolean;
  /** Engines that live in this process take the WebSocket upgrade of `/sip` here. */
  handleUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}
/** WebSocket path of the embedded engine on the central server (subprotocol `sip`, RFC 7118). */
export const sipPath = '/sip';
/** Digest realm and SIP domain of both engines: a name inside the phone, not in any DNS. */
export const sipRealm = 'centre.local';

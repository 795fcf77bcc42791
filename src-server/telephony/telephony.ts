import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EndCause } from '../../src-shared/call/end-cause';
import type { LineCredential } from '../../src-shared/line/line-state';

/** An extension as the engine needs it; comes from the centre's agents. */
export interface Extension {
  readonly extension: string;
  readonly displayName: string;
  /** Calls of this extension are recorded (S192). */
  readonly isRecorded: boolean;
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
}

/** Why one ringing of one agent's phone ended. Exactly one per offer. */
export type OfferEnd =
  | 'answered'
  | 'ring-no-answer'
  | 'declined'
  | 'busy'
  | 'caller-left'
  | 'answered-elsewhere'
  | 'line-lost'
  | 'failed';

/** Facts of the engine, in the order in which they happened. `at` is ms since the epoch. Every `call-started` has exactly one `call-ended`. */
export type TelephonyEvent = { readonly at: number } & (
  | { readonly type: 'line-registered'; readonly extension: string }
  | {
      readonly type: 'line-unregistered';
      readonly extension: string;
      readonly reason: 'expired' | 'unregistered' | 'replaced' | 'revoked';
    }
  /** The WebSocket is gone; the registration may still be valid and its calls go on. */
  | { readonly type: 'line-signalling-lost'; readonly extension: string }
  | {
      readonly type: 'call-started';
      readonly callId: string;
      readonly direction: 'inbound' | 'outbound' | 'internal';
      readonly from: { readonly number: string; readonly name: string | null };
      readonly to: { readonly number: string };
    }
  | {
      readonly type: 'leg-started';
      readonly callId: string;
      readonly legId: string;
      readonly role: 'customer' | 'agent';
      readonly number: string;
      /** Set for agents' phones. */
      readonly extension: string | null;
    }
  | { readonly type: 'queue-joined'; readonly callId: string; readonly queueId: string; readonly position: number }
  | {
      readonly type: 'queue-left';
      readonly callId: string;
      readonly queueId: string;
      readonly cause: 'connected' | 'abandoned' | 'closed';
    }
  | {
      readonly type: 'offered';
      readonly callId: string;
      readonly legId: string;
      readonly extension: string;
      readonly queueId: string | null;
    }
  | {
      readonly type: 'offer-ended';
      readonly callId: string;
      readonly legId: string;
      readonly extension: string;
      readonly cause: OfferEnd;
    }
  | { readonly type: 'leg-ringing'; readonly callId: string; readonly legId: string }
  | { readonly type: 'leg-answered'; readonly callId: string; readonly legId: string }
  | { readonly type: 'leg-held'; readonly callId: string; readonly legId: string }
  | { readonly type: 'leg-resumed'; readonly callId: string; readonly legId: string }
  | {
      readonly type: 'dtmf';
      readonly callId: string;
      readonly legId: string;
      readonly digit: string;
      readonly durationMs: number;
      readonly via: 'rfc4733' | 'info';
    }
  | { readonly type: 'leg-ended'; readonly callId: string; readonly legId: string; readonly cause: EndCause }
  | { readonly type: 'recording-started'; readonly callId: string; readonly recordingId: string; readonly file: string }
  | {
      readonly type: 'recording-finished';
      readonly callId: string;
      readonly recordingId: string;
      readonly file: string;
      readonly durationMs: number;
    }
  | { readonly type: 'call-ended'; readonly callId: string; readonly cause: EndCause }
);

/** What the centre asks of a telephony engine. Everything above it cannot tell the engines apart. */
export interface Telephony {
  readonly name: 'embedded' | 'asterisk';
  start(): Promise<void>;
  /** Ends every call, closes every socket and file. Idempotent. */
  stop(): Promise<void>;
  /** Every fact from now on. The returned function unsubscribes. */
  onEvent(listener: (event: TelephonyEvent) => void): () => void;
  /** Mints the SIP secret for one signed-in session; the former one of this extension ends. */
  issueLineCredential(extension: string, webSocketUrl: string): Promise<LineCredential>;
  /** Ends registration and secret. Calls that run are not cut. */
  revokeLineCredential(extension: string): Promise<void>;
  /** A paused member is offered nothing from its queues. New members start paused. */
  setMemberPaused(extension: string, isPaused: boolean, reason: string | null): Promise<void>;
  isRegistered(extension: string): boolean;
  /** Engines that live in this process take the WebSocket upgrade of `/sip` here. */
  handleUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}
/** WebSocket path of the embedded engine on the central server (subprotocol `sip`, RFC 7118). */
export const sipPath = '/sip';

import type { EndCause } from '../../src-shared/call/end-cause';

/** Why one ringing of one agent's phone ended. Exactly one per offer. */
export type OfferEnd =
  | 'answered'
  | 'ring-no-answer'
  | 'declined'
  | 'busy'
  | 'caller-left'
  | 'answered-elsewhere'
  | 'line-lost'
  /** Withdrawn: the agent was paused or signed out by somebody else, or at another machine. */
  | 'state-changed'
  /** The phone refused with SIP 580: no microphone, no loudspeaker (`deviceRefusalStatus`). */
  | 'device'
  | 'failed';

/** Why a transfer did not bring the other party to its target. */
export type TransferFailure = Extract<
  EndCause,
  'busy' | 'no-answer' | 'rejected' | 'unreachable' | 'not-found' | 'forbidden' | 'failed'
>;

/**
 * Facts of the engine, in the order in which they happened. `at` is ms since the epoch. Every `call-started`, `leg-started`, `offered`,
 * `queue-joined`, `transfer-started`, `conference-started` and `recording-started` has exactly one end.
 */
export type TelephonyEvent = { readonly at: number } &
  /** The engine itself has been away for a while; nothing of below is told until it is back. Never of one that lives in this process. */
  (
    | { readonly type: 'engine-lost' }
    | { readonly type: 'engine-back' }
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
        /** `customer` is everybody outside the centre, also a third party to whom a customer is sent. */
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
        /** Set when the call comes back from this failed transfer; the INVITE then carries `X-Transfer-Returned`. */
        readonly returnedTransferId: string | null;
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
    /** Told once more when it is held otherwise: its phone holds what the centre held for it. */
    | {
        readonly type: 'leg-held';
        readonly callId: string;
        readonly legId: string;
        /** The centre holds for it (`setHeld`); else its own phone does, and only there can it be taken back. */
        readonly isOrdered?: boolean;
      }
    | { readonly type: 'leg-resumed'; readonly callId: string; readonly legId: string }
    | {
        readonly type: 'dtmf';
        readonly callId: string;
        readonly legId: string;
        readonly digit: string;
        readonly durationMs: number;
        readonly via: 'rfc4733' | 'info';
      }
    /**
     * A REFER of this leg's phone was taken (RFC 3515, RFC 5589). The sender's leg ends next, with the cause `transferred`; from then on the
     * engine answers for the other party: it is with the target, or back with the sender, or back at the head of its queue.
     */
    | {
        readonly type: 'transfer-started';
        readonly callId: string;
        readonly transferId: string;
        readonly kind: 'blind' | 'attended';
        readonly legId: string;
        readonly extension: string;
        readonly to: { readonly number: string };
        /** The consultation call of an attended transfer. It ends with the cause `transferred`; its other party gets a new leg in `callId`. */
        readonly consultCallId: string | null;
      }
    | {
        readonly type: 'transfer-ended';
        readonly callId: string;
        readonly transferId: string;
        /** `completed`: the target, or a queue, has the other party. `caller-left`: it hung up before. Otherwise it goes back. */
        readonly outcome: 'completed' | 'caller-left' | TransferFailure;
      }
    /** Three or more talk in one room that the engine mixes; told when the third is in it. */
    | { readonly type: 'conference-started'; readonly callId: string }
    /** Two or fewer are left; the call goes on as an ordinary one while there are two. */
    | { readonly type: 'conference-ended'; readonly callId: string }
    /** Nobody in the room hears this leg: the room's doing, not the phone's own mute. */
    | { readonly type: 'leg-muted'; readonly callId: string; readonly legId: string }
    | { readonly type: 'leg-unmuted'; readonly callId: string; readonly legId: string }
    | { readonly type: 'leg-ended'; readonly callId: string; readonly legId: string; readonly cause: EndCause }
    | {
        readonly type: 'recording-started';
        readonly callId: string;
        readonly recordingId: string;
        readonly file: string;
      }
    /** From here silence is written, so that the file stays in step with the call (card numbers, PCI DSS). */
    | { readonly type: 'recording-paused'; readonly callId: string; readonly recordingId: string }
    | { readonly type: 'recording-resumed'; readonly callId: string; readonly recordingId: string }
    | {
        readonly type: 'recording-finished';
        readonly callId: string;
        readonly recordingId: string;
        readonly file: string;
        readonly durationMs: number;
      }
    | { readonly type: 'call-ended'; readonly callId: string; readonly cause: EndCause }
    /** Somebody moved a waiting caller by hand: the order as the engine has it now. */
    | { readonly type: 'queue-order-changed'; readonly queueId: string; readonly callIds: readonly string[] }
  );

/** Whose voice is heard in a conference at this moment. Not a fact of the call: it is kept nowhere. */
export interface Speaking {
  readonly callId: string;
  /** All of them; nobody's when the conference is over. */
  readonly legIds: readonly string[];
}

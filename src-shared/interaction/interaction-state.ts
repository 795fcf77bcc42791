import { z } from 'zod';

/**
 * What the agent is working on: one customer leg and at most one second leg.
 *
 *  offered ──► talking ◄──► on-hold ──► consulting ◄──► conference
 *     │           ▲ │          │            │  │             │
 *     │           │ └──────────┴────► transferring ──┐       │
 *  dialing-out ───┘    (failed: back where it came from)     │
 *     │                         every one of them ──► wrap-up ──► closed
 *     └──► closed (never answered)
 *
 * | state        | meaning                                                        |
 * | offered      | customer rings here                                            |
 * | dialing-out  | we ring the customer                                           |
 * | talking      | customer leg active, alone                                     |
 * | on-hold      | customer waits, no second leg                                  |
 * | consulting   | customer held, colleague leg dialing to active                 |
 * | conference   | three or more hear each other                                  |
 * | transferring | REFER sent, outcome awaited (NOTIFY sipfrag, RFC 3515)          |
 * | wrap-up      | nobody on the line; outcome to be recorded (CSTA: after call)  |
 * | closed       | outcome stored or not required                                 |
 */
export const interactionStates = [
  'offered',
  'dialing-out',
  'talking',
  'on-hold',
  'consulting',
  'conference',
  'transferring',
  'wrap-up',
  'closed',
] as const;
export const interactionState = z.enum(interactionStates);
export type InteractionState = z.infer<typeof interactionState>;

export type InteractionEvent =
  | { readonly type: 'customer-connected' }
  | { readonly type: 'customer-held' }
  | { readonly type: 'customer-resumed' }
  | { readonly type: 'customer-left' }
  | { readonly type: 'consult-requested' }
  | { readonly type: 'consult-ended' }
  | { readonly type: 'swap-requested' }
  | { readonly type: 'merge-requested' }
  | { readonly type: 'party-dropped' }
  | { readonly type: 'agent-left' }
  | { readonly type: 'transfer-requested'; readonly kind: 'blind' | 'attended' }
  | { readonly type: 'transfer-succeeded' }
  | { readonly type: 'transfer-failed'; readonly cause: string }
  | { readonly type: 'wrap-up-saved'; readonly disposition: string }
  | { readonly type: 'wrap-up-expired' };
export const interactionEventTypes = [
  'customer-connected',
  'customer-held',
  'customer-resumed',
  'customer-left',
  'consult-requested',
  'consult-ended',
  'swap-requested',
  'merge-requested',
  'party-dropped',
  'agent-left',
  'transfer-requested',
  'transfer-succeeded',
  'transfer-failed',
  'wrap-up-saved',
  'wrap-up-expired',
] as const satisfies readonly InteractionEvent['type'][];

export interface Interaction {
  readonly id: string;
  readonly state: InteractionState;
  readonly customerCallId: string;
  readonly consultCallId: string | null;
  /** Where a failed transfer goes back to; null when none is under way. */
  readonly beforeTransfer: 'talking' | 'on-hold' | 'consulting' | null;
  readonly disposition: string | null;
}

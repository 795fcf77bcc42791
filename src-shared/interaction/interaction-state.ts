import { z } from 'zod';

/**
 * What the agent is working on: one customer leg and at most one second leg.
 *
 *  offered ──► talking ◄──► on-hold ──► consulting ──► conference ──► talking
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
 * | consulting   | a colleague is being called or asked; one of the two is held   |
 * | conference   | three or more hear each other                                  |
 * | transferring | REFER sent, the centre's word awaited (NOTIFY, RFC 3515)       |
 * | wrap-up      | nobody on the line; what is written then is `wrap-up/`         |
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
  | { readonly type: 'consult-began'; readonly consult: Consult }
  | { readonly type: 'consult-ended' }
  | { readonly type: 'completes-when-answered'; readonly isOn: boolean }
  | { readonly type: 'merged' }
  | { readonly type: 'two-are-left' }
  | { readonly type: 'agent-left' }
  | { readonly type: 'transfer-requested'; readonly kind: 'blind' | 'attended' }
  | { readonly type: 'transfer-succeeded' }
  | { readonly type: 'transfer-failed' }
  | { readonly type: 'wrap-up-done' };
export const interactionEventTypes = [
  'customer-connected',
  'customer-held',
  'customer-resumed',
  'customer-left',
  'consult-began',
  'consult-ended',
  'completes-when-answered',
  'merged',
  'two-are-left',
  'agent-left',
  'transfer-requested',
  'transfer-succeeded',
  'transfer-failed',
  'wrap-up-done',
] as const satisfies readonly InteractionEvent['type'][];

/** One customer, and the colleague who is being asked about them. */
export const interaction = z.object({
  id: z.string(),
  state: interactionState,
  customerCallId: z.string(),
  /** The call to the colleague; null when nobody is being asked. */
  consult: z
    .object({
      callId: z.string(),
      number: z.string().max(64),
      /** As the agent typed it; empty for none. */
      reason: z.string().max(200),
      /** Completes by itself as soon as the colleague answers. */
      completesWhenAnswered: z.boolean(),
    })
    .nullable(),
  /** Where a failed transfer goes back to; null when none is under way. */
  beforeTransfer: z.enum(['talking', 'on-hold', 'consulting']).nullable(),
});
export type Interaction = Readonly<z.infer<typeof interaction>>;
export type Consult = NonNullable<Interaction['consult']>;

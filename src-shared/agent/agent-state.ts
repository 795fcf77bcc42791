import { z } from 'zod';

/**
 * Availability of a person, as the centre confirmed it.
 *
 *  signed-out ──► on-break ◄──► available ──► reserved ──► on-call ──► wrap-up
 *      ▲              ▲             ▲            │            │           │
 *      │              └─────────────┴────────────┴────────────┴───────────┘
 *      └── from every state: signed-out
 *
 * `nextState` is "break after this call": taken instead of `available` when the call or wrap-up is over.
 */
export const agentStates = ['signed-out', 'on-break', 'available', 'reserved', 'on-call', 'wrap-up'] as const;
export const agentState = z.enum(agentStates);
export type AgentState = z.infer<typeof agentState>;

export const agentStatus = z.object({
  state: agentState,
  /** Why on break; null elsewhere. */
  reason: z.string().max(64).nullable(),
  /** Since when this state holds, ms since the epoch, server's clock. */
  since: z.number(),
  /** Break reason to take when the work in hand is over; null for none. */
  nextBreak: z.string().max(64).nullable(),
});
export type AgentStatus = Readonly<z.infer<typeof agentStatus>>;

export type AgentEvent =
  | { readonly type: 'signed-in' }
  | { readonly type: 'signed-out' }
  | { readonly type: 'became-available' }
  | { readonly type: 'break-started'; readonly reason: string }
  | { readonly type: 'break-planned'; readonly reason: string | null }
  | { readonly type: 'call-offered' }
  | { readonly type: 'offer-ended' }
  | { readonly type: 'call-connected' }
  | { readonly type: 'call-ended'; readonly needsWrapUp: boolean }
  | { readonly type: 'wrap-up-done' };
export const agentEventTypes = [
  'signed-in',
  'signed-out',
  'became-available',
  'break-started',
  'break-planned',
  'call-offered',
  'offer-ended',
  'call-connected',
  'call-ended',
  'wrap-up-done',
] as const satisfies readonly AgentEvent['type'][];

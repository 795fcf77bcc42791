import { z } from 'zod';
import { localText } from '../policy/agent-policy';

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

export const pauseReasonId = z.string().min(1).max(64);

export const agentStatus = z.object({
  state: agentState,
  /** Why on break, by id; null elsewhere. */
  reason: pauseReasonId.nullable(),
  /** The reason's word as it was when the break was taken: it stays though the administrator removes the reason. Null for the system's reasons. */
  reasonText: localText.nullable(),
  /** Since when this state holds, ms since the epoch, server's clock. */
  since: z.number(),
  /** Break reason to take when the work in hand is over; null for none. */
  nextBreak: pauseReasonId.nullable(),
  /** When a timed break is over; from then on it runs over. Kept while a call interrupts the break. Null for a break without limit. */
  breakUntil: z.number().nullable(),
  /** Queues of which no calls are taken, whatever the state; a break is for all of them. */
  queuePauses: z.array(z.object({ queueId: z.string(), reason: pauseReasonId })),
  /** Who brought this state about, when it was somebody else. */
  changedBy: z.object({ displayName: z.string() }).nullable(),
});
export type AgentStatus = Readonly<z.infer<typeof agentStatus>>;

/** Nobody is there. */
export const signedOutStatus = (since: number): AgentStatus => ({
  state: 'signed-out',
  reason: null,
  reasonText: null,
  since,
  nextBreak: null,
  breakUntil: null,
  queuePauses: [],
  changedBy: null,
});

export type AgentEvent =
  | { readonly type: 'signed-in' }
  | { readonly type: 'signed-out' }
  | { readonly type: 'became-available' }
  | { readonly type: 'break-started'; readonly reason: string }
  | { readonly type: 'break-planned'; readonly reason: string | null }
  | { readonly type: 'call-offered' }
  /** `needsWrapUp`: it rang while work after a call was still to be done, which goes on. */
  | { readonly type: 'offer-ended'; readonly needsWrapUp: boolean }
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

import { z } from 'zod';
import { endCause } from '../call/end-cause';
import { offerOutcome } from '../call/offer-outcome';

/** Somebody in a call's story; for people of the centre `number` is the extension. */
export const storyParty = z.object({
  role: z.enum(['customer', 'agent', 'supervisor']),
  number: z.string(),
  name: z.string().nullable(),
});
export type StoryParty = Readonly<z.infer<typeof storyParty>>;

/**
 * Where the customer is at each moment; exactly one at a time, without gaps. In a call between colleagues the caller stands for the customer.
 *
 * | kind       | the customer …                                              | `parties`       | `by`             |
 * | ringing    | hears ringing, or is being rung                             | whose phone     | null             |
 * | queue      | waits; `isReturn`: after a transfer that failed             | —               | null             |
 * | talk       | talks with                                                  | whom            | null             |
 * | hold       | is on hold, and who holds does nothing else                 | —               | who holds        |
 * | consult    | is on hold while somebody is being asked                    | who is asked    | who holds        |
 * | conference | talks with several                                          | whom            | null             |
 * | transfer   | is on the way                                               | where to        | who sent         |
 * | return     | is on the way back from a transfer that failed              | whose phone     | null             |
 * | alone      | has nobody and waits for nobody                             | —               | null             |
 * | service    | hears a service of the centre                               | its number      | null             |
 * | colleagues | is gone; the others talk on                                 | they            | null             |
 */
export const stretchKinds = [
  'ringing',
  'queue',
  'talk',
  'hold',
  'consult',
  'conference',
  'transfer',
  'return',
  'alone',
  'service',
  'colleagues',
] as const;
export const stretchKind = z.enum(stretchKinds);
export type StretchKind = z.infer<typeof stretchKind>;

export const transferOutcome = z.enum([
  'completed',
  'caller-left',
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'not-found',
  'forbidden',
  'failed',
]);

/** One ringing of a phone while the customer waited. */
export const ringing = z.object({
  party: storyParty,
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** null while it rings. */
  outcome: offerOutcome.nullable(),
});

export const stretch = z.object({
  kind: stretchKind,
  startedAt: z.number(),
  /** null while it lasts. */
  endedAt: z.number().nullable(),
  parties: z.array(storyParty),
  by: storyParty.nullable(),
  /** Set for `queue`. */
  queueId: z.string().nullable(),
  queueName: z.string().nullable(),
  isReturn: z.boolean(),
  /** Set for `transfer`; `outcome` is null while it is under way. */
  transfer: z.object({ kind: z.enum(['blind', 'attended']), outcome: transferOutcome.nullable() }).nullable(),
  /** What who asks, or sends the call, wrote for it; for `consult` and `transfer`. */
  reason: z.string().nullable(),
  /** Phones of agents that rang in it, in order. */
  rings: z.array(ringing),
});
export type Stretch = Readonly<z.infer<typeof stretch>>;

/** What one party had of it: one entry for each time that somebody was in the call. */
export const partyTimes = z.object({
  party: storyParty,
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  endCause: endCause.nullable(),
  /** Ringing or waiting, talking, held by this party; for the customer: held by others. */
  waitMs: z.number(),
  talkMs: z.number(),
  holdMs: z.number(),
});
export type PartyTimes = Readonly<z.infer<typeof partyTimes>>;

const span = { startedAt: z.number(), endedAt: z.number().nullable() };

/** What happened in a call and its consultations, from the customer's side. All times in ms since the epoch, server's clock. */
export const story = z.object({
  callId: z.string(),
  direction: z.enum(['inbound', 'outbound', 'internal']),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  endCause: endCause.nullable(),
  customer: storyParty,
  stretches: z.array(stretch),
  parties: z.array(partyTimes),
  /** Whose microphone was off when, as far as their app told it; and who was made silent in a conference. */
  mutes: z.array(z.object({ party: storyParty, ...span })),
  /** Keys pressed; which ones nobody keeps. */
  keys: z.array(z.object({ party: storyParty, at: z.number() })),
  /** Recordings of this call and of its consultations. What belongs to the same call belongs together, in this order. */
  recordings: z.array(
    z.object({ recordingId: z.string(), callId: z.string(), ...span, pauses: z.array(z.object(span)) }),
  ),
});
export type Story = Readonly<z.infer<typeof story>>;

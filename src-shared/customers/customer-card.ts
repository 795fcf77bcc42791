import { z } from 'zod';
import { endCause } from '../call/end-cause';
import { writtenOutcome } from '../wrap-up/wrap-up';

/** An earlier call with the same number. */
export const earlierCall = z.object({
  callId: z.string(),
  direction: z.enum(['inbound', 'outbound', 'internal']),
  queueName: z.string().nullable(),
  /** Who talked in it, by name. */
  agents: z.array(z.string()),
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  endCause: endCause.nullable(),
  /** What agents wrote down of it, oldest first. */
  outcomes: z.array(writtenOutcome),
});
export type EarlierCall = Readonly<z.infer<typeof earlierCall>>;

/** What the centre knows of the customer of a call. */
export const customerCard = z.object({
  /** As the policy allows it to be shown. */
  number: z.string(),
  name: z.string().nullable(),
  company: z.string().nullable(),
  language: z.enum(['en', 'fr']).nullable(),
  /** Newest first, without the call itself. */
  calls: z.array(earlierCall),
  /** How many there are in all. */
  callCount: z.number().int(),
});
export type CustomerCard = Readonly<z.infer<typeof customerCard>>;

import { z } from 'zod';
import { endCause } from './end-cause';
import { missedCause } from './offer-outcome';

/** One line of "recent calls": the agent's own view of a journalled call. */
export const recentCall = z.object({
  callId: z.string(),
  direction: z.enum(['inbound', 'outbound', 'internal']),
  /** As the policy allows it to be shown; masked digits are `•`, and such a number is called back by the server. */
  remoteNumber: z.string(),
  remoteName: z.string().nullable(),
  queueName: z.string().nullable(),
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  endCause: endCause.nullable(),
  /** Why I missed it, though it rang at my phone; null when I answered it, or when it never rang there. */
  missedCause: missedCause.nullable().default(null),
  hasRecording: z.boolean(),
});
export type RecentCall = Readonly<z.infer<typeof recentCall>>;

import { z } from 'zod';

export const waitingCallerView = z.object({
  callId: z.string(),
  /** As the policy allows it to be shown; masked digits are `•`. */
  number: z.string(),
  /** Of the customer list, or as the caller sent it; null when nobody knows. */
  name: z.string().nullable(),
  /** ms since the epoch, server's clock. */
  joinedAt: z.number(),
  /** 1 is the next to be offered. */
  position: z.number().int(),
  /** Set when somebody moved this caller by hand. */
  movedBy: z.string().nullable(),
});
export type WaitingCallerView = Readonly<z.infer<typeof waitingCallerView>>;

/** One queue as it is now: the whole value, never a difference. */
export const liveQueue = z.object({
  queueId: z.string(),
  name: z.string(),
  /** Next to be offered first. */
  callers: z.array(waitingCallerView),
  /** Members who would be offered a call now, who are in a call, and who are signed in. */
  agentsFree: z.number().int(),
  agentsTalking: z.number().int(),
  agentsSignedIn: z.number().int(),
  /** The newest move by hand, which may be taken back; null when there is none or it is too late. */
  undo: z.object({ moveId: z.string(), callId: z.string(), by: z.string() }).nullable(),
});
export type LiveQueue = Readonly<z.infer<typeof liveQueue>>;

import { z } from 'zod';
import { localText } from '../policy/agent-policy';

export const noteLimit = 4000;

/** Work after a queue call, as the server holds it. */
export const wrapUp = z.object({
  callId: z.string(),
  queueId: z.string(),
  customerNumber: z.string(),
  customerName: z.string().nullable(),
  /** ms since the epoch, server's clock. */
  startedAt: z.number(),
  /** When it ends by itself. */
  endsAt: z.number(),
  extensionsLeft: z.number().int(),
});
export type WrapUp = Readonly<z.infer<typeof wrapUp>>;

/** What the agent writes down of a call. Sent again and again until the server has it: `id` makes that harmless. */
export const callOutcome = z.object({
  /** Made by the app, once for each saving. */
  id: z.uuid(),
  callId: z.string().min(1).max(64),
  /** Of the queue's list; null when the form was left empty or the call had no queue. */
  dispositionId: z.string().max(64).nullable(),
  note: z.string().max(noteLimit),
  /** ms since the epoch, the app's clock, corrected by the server's. */
  savedAt: z.number(),
});
export type CallOutcome = Readonly<z.infer<typeof callOutcome>>;

/** The same as it is read back. */
export const writtenOutcome = z.object({
  by: z.string(),
  at: z.number(),
  /** In the words of the queue's list; null when none was chosen. */
  disposition: localText.nullable(),
  note: z.string(),
});
export type WrittenOutcome = Readonly<z.infer<typeof writtenOutcome>>;

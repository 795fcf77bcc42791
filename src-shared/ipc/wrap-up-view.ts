import { z } from 'zod';
import { noteLimit, wrapUp } from '../wrap-up/wrap-up';

/** What an agent writes of one call, as far as it is on disk. */
export const written = z.object({
  callId: z.string().min(1).max(64),
  dispositionId: z.string().max(64).nullable(),
  note: z.string().max(noteLimit),
});

export const wrapUpForm = written.extend({
  queueId: z.string(),
  customerNumber: z.string(),
  customerName: z.string().nullable(),
  /** null when its time is over and what was written is not saved yet. */
  running: wrapUp.pick({ startedAt: true, endsAt: true, extensionsLeft: true }).nullable(),
});
export type WrapUpForm = Readonly<z.infer<typeof wrapUpForm>>;

/** Forms to be filled in, the running one first, and how many saved ones the server does not have yet. */
export const wrapUpView = z.object({ forms: z.array(wrapUpForm), unsent: z.int() });
export type WrapUpView = Readonly<z.infer<typeof wrapUpView>>;

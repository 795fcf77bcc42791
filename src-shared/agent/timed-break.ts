import { z } from 'zod';
import { localText } from '../policy/agent-policy';
import { pauseReasonId } from './agent-state';

/** A break with a limit, as who leads is told of it: from `until` on it runs over. */
export const timedBreak = z.object({
  personId: z.string(),
  displayName: z.string(),
  reason: pauseReasonId,
  /** The reason's word as it was when the break was taken. */
  reasonText: localText.nullable(),
  /** Server's clock. */
  until: z.number(),
});
export type TimedBreak = Readonly<z.infer<typeof timedBreak>>;

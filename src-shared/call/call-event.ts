import { z } from 'zod';
import { endCause } from './end-cause';

/** `phone` stands beside `agent` where a desk phone holds by its own key: only there can the call be taken back. */
export const holder = z.enum(['agent', 'remote', 'phone']);

/** Facts that may change a call. The two that create one (`invite-sent`, `invite-received`) are in `ipc/engine-reports.ts`. */
export const callEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('remote-ringing') }),
  z.object({ type: z.literal('early-media-started') }),
  z.object({ type: z.literal('answer-requested') }),
  z.object({ type: z.literal('answer-failed') }),
  z.object({ type: z.literal('remote-answered') }),
  z.object({ type: z.literal('media-confirmed') }),
  z.object({ type: z.literal('held'), by: holder }),
  z.object({ type: z.literal('resumed'), by: holder }),
  z.object({ type: z.literal('hangup-requested') }),
  z.object({ type: z.literal('ended'), cause: endCause, sipCode: z.int().nullable() }),
]);
export type CallEvent = z.infer<typeof callEvent>;
export const callEventTypes = callEvent.options.map(option => option.shape.type.value);

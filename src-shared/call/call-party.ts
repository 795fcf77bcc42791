import { z } from 'zod';
import { endCause } from './end-cause';

/** Somebody else in a call, as the centre knows it. */
export const callParty = z.object({
  /** Their part of the call: what can be muted or ended. */
  legId: z.string().max(64),
  /** As the policy allows it to be shown; masked digits are `•`. */
  number: z.string().max(128),
  name: z.string().max(128).nullable(),
  /** Not of the centre: a customer, or a third party outside. */
  isOutside: z.boolean(),
  /** Nobody hears them: the room's doing, not their own phone's. */
  isMuted: z.boolean(),
  isOnHold: z.boolean(),
  /** In a conference: their voice is heard just now. */
  isSpeaking: z.boolean(),
});
export type CallParty = Readonly<z.infer<typeof callParty>>;

/** Why a call that was sent on rings here again, and where it had been sent (SIP header X-Transfer-Returned). */
export const returnedTransfer = z.object({ outcome: endCause, to: z.string().max(64) });
export type ReturnedTransfer = Readonly<z.infer<typeof returnedTransfer>>;

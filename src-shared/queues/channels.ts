import { z } from 'zod';

/** Lines to the world outside (S242): everybody outside who is in a call, waits or is being called takes one; calls between colleagues take none. */
export const channels = z.object({
  inUse: z.int(),
  /** How many there are; null where nobody has said so. */
  configured: z.int().nullable(),
});
export type Channels = Readonly<z.infer<typeof channels>>;

import { z } from 'zod';

/** In which list somebody stands, seen from the agent who looks. */
export const destinationGroups = ['supervisors', 'colleagues', 'others', 'queues'] as const;

/**
 * Somebody or something a call can be sent to, as an agent may know it: no reasons of breaks, no times, no ids of people.
 *
 * | state     | a person                                    | a queue                    |
 * | --------- | ------------------------------------------- | -------------------------- |
 * | free      | would be rung now                           | has a free agent           |
 * | on-call   | talks, or is being rung                     | all its agents are busy    |
 * | wrap-up   | works after a call                          | —                          |
 * | paused    | is on a break; the phone rings all the same | nobody takes its calls now |
 * | away      | signed in, but the phone is not there       | —                          |
 */
export const destination = z.object({
  /** What is dialled; the entry is known by it. */
  number: z.string().max(64),
  name: z.string().max(128),
  group: z.enum(destinationGroups),
  state: z.enum(['free', 'on-call', 'wrap-up', 'paused', 'away']),
  /** How many wait in the queue; null for people. */
  waiting: z.int().nullable(),
});
export type Destination = Readonly<z.infer<typeof destination>>;

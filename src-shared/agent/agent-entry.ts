import { z } from 'zod';
import { role } from '../server-api/route';
import { agentStatus } from './agent-state';

/** A colleague as others see them: who they are, whether they work, and whether their phone can ring. */
export const agentEntry = z.object({
  id: z.string(),
  displayName: z.string(),
  role,
  extension: z.string(),
  queueIds: z.array(z.string()),
  status: agentStatus,
  /** Their phone is registered, as the engine says. */
  isReachable: z.boolean(),
});
export type AgentEntry = Readonly<z.infer<typeof agentEntry>>;

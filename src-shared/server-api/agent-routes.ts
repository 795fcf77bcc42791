import { z } from 'zod';
import { agentEntry } from '../agent/agent-entry';
import { agentStatus, pauseReasonId } from '../agent/agent-state';
import { agentPolicy } from '../policy/agent-policy';
import { route } from './route';

/** What an agent may ask to be: the rest is the telephone's doing. */
export const wantedAvailability = z.discriminatedUnion('state', [
  z.object({ state: z.literal('available') }),
  z.object({ state: z.literal('on-break'), reason: pauseReasonId }),
]);
export type WantedAvailability = Readonly<z.infer<typeof wantedAvailability>>;

/** States of agents, and the policy by which they change. */
export const agentRouteTable = {
  'agent.availability': route(
    ['PUT', '/api/agent/availability', 'signed-in'],
    wantedAvailability,
    agentStatus,
    'Become available or take a break; during a call a break is planned for afterwards. Answers when the engine has confirmed',
  ),
  'agent.queue-pause': route(
    ['PUT', '/api/agent/queues/:queueId/pause', 'signed-in'],
    z.object({ queueId: z.string().min(1).max(64), reason: pauseReasonId.nullable() }),
    agentStatus,
    'Take no calls of one of my queues, with the reason; null takes them again. Answers when the engine has confirmed',
  ),
  'agents.list': route(
    ['GET', '/api/agents', 'signed-in'],
    z.object({}),
    z.object({ agents: z.array(agentEntry) }),
    'Everybody of the centre, their state and whether their phone can ring',
  ),
  'agents.availability': route(
    ['PUT', '/api/agents/:personId/availability', 'signed-in'],
    z
      .object({
        personId: z.string().min(1).max(64),
        state: z.enum(['available', 'on-break']),
        /** Required for a break. */
        reason: pauseReasonId.nullable().default(null),
      })
      .refine(
        ({ state, reason }) => (state === 'on-break') === (reason !== null),
        'a break has a reason, and nothing else',
      ),
    agentEntry,
    'Change the state of somebody else, who is told by whom; for supervisors and administrators',
  ),
  policy: route(['GET', '/api/policy', 'signed-in'], z.object({}), agentPolicy, 'What the administrator has decided'),
} as const;

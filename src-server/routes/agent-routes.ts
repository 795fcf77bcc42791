import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { WantedAvailability } from '../../src-shared/server-api/agent-routes';
import type { AgentDesk } from '../agents/agent-desk';
import type { AgentDirectory } from '../agents/agent-directory';
import type { AgentRoster } from '../agents/agent-roster';
import { appendAudit } from '../database/audit-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { RouteAnswers } from './answer-routes';

export interface AgentRouteParts {
  readonly agentDesk: AgentDesk;
  readonly agentRoster: AgentRoster;
  readonly directory: AgentDirectory;
  readonly policyDesk: PolicyDesk;
  readonly db: WritableDb;
  readonly clock: Clock;
}
type Answers = Pick<
  RouteAnswers,
  'agent.me' | 'agent.availability' | 'agent.queue-pause' | 'agents.list' | 'agents.availability' | 'policy'
>;

export function agentRoutes(parts: AgentRouteParts): Answers {
  const { agentDesk, agentRoster, directory, policyDesk } = parts;
  return {
    'agent.me': async (_input, context) => {
      const { person } = context.signedIn();
      return { agent: directory.profile(person), status: agentDesk.statusOf(person.id) };
    },
    'agent.availability': async (input, context) => agentDesk.setAvailability(context.signedIn().person, input),
    'agent.queue-pause': async ({ queueId, reason }, context) =>
      agentDesk.setQueuePause(context.signedIn().person, queueId, reason),
    'agents.list': async () => ({ agents: agentRoster.all() }),
    'agents.availability': async ({ personId, state, reason }, context) => {
      const { person: by } = context.signedIn();
      if (by.role === 'agent') throw new AppError('forbidden', 'for supervisors and administrators');
      const person = directory.person(personId);
      if (person === undefined) throw new AppError('not-found', 'no such person');
      const wanted: WantedAvailability = reason === null ? { state: 'available' } : { state: 'on-break', reason };
      await agentDesk.setAvailability(person, wanted, by.id === person.id ? null : by);
      await appendAudit(parts.db, {
        at: parts.clock.now(),
        personId: by.id,
        action: 'agent.state-changed',
        subject: person.id,
        detail: JSON.stringify({ state, reason }),
        remoteAddress: context.remoteAddress,
      });
      return agentRoster.entry(person);
    },
    policy: async () => policyDesk.policy,
  };
}

import type { AgentDesk } from '../agents/agent-desk';
import type { AgentDirectory } from '../agents/agent-directory';
import type { RouteAnswers } from './answer-routes';

export function agentRoutes(
  agentDesk: AgentDesk,
  directory: AgentDirectory,
): Pick<RouteAnswers, 'agent.me' | 'agent.availability'> {
  return {
    'agent.me': async (_input, context) => {
      const { person } = context.signedIn();
      return { agent: directory.profile(person), status: agentDesk.statusOf(person.id) };
    },
    'agent.availability': async (input, context) => agentDesk.setAvailability(context.signedIn().person, input),
  };
}

import type { AgentStatus } from '../../src-shared/agent/agent-state';
import { ask } from '../bridge/ask';
import { failureFrom } from '../bridge/failure-from';
import { useAgentStore, type AskedState } from '../stores/agent-store';
import { useSessionStore } from '../stores/session-store';
import { showFailure } from '../stores/toast-store';

/** Asks the centre for a state. Shown at once is only that it was asked for; the state itself when the centre has confirmed. */
export async function askForState(wanted: AskedState): Promise<void> {
  if (useSessionStore.getState().session?.server === 'offline')
    return showFailure({ code: 'server/unreachable', params: {} });
  useAgentStore.setState({ asked: wanted });
  try {
    const status = await order(wanted);
    if (useAgentStore.getState().asked === wanted) useAgentStore.setState({ status });
  } catch (error) {
    showFailure(failureFrom(error));
  } finally {
    useAgentStore.setState(({ asked }) => (asked === wanted ? { asked: null } : {}));
  }
}

function order(wanted: AskedState): Promise<AgentStatus> {
  switch (wanted.to) {
    case 'available':
      return ask('agent.become-available', {});
    case 'on-break':
      return ask('agent.take-break', { reason: wanted.reason });
    case 'queue-pause':
      return ask('agent.pause-queue', { queueId: wanted.queueId, reason: wanted.reason });
  }
}

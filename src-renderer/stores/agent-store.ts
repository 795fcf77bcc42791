import { create } from 'zustand';
import type { AgentStatus } from '../../src-shared/agent/agent-state';

/** Mirror of the availability that the centre confirmed. */
export const useAgentStore = create<{ readonly status: AgentStatus }>(() => ({
  status: { state: 'signed-out', reason: null, since: 0, nextBreak: null },
}));

import { create } from 'zustand';
import { type AgentStatus, signedOutStatus } from '../../src-shared/agent/agent-state';

/** Mirror of the availability that the centre confirmed. */
export const useAgentStore = create<{ readonly status: AgentStatus }>(() => ({
  status: signedOutStatus(0),
}));

import type { AgentNotice } from '../../src-shared/ipc/agent-notices';
import './agent-bridge';

/** Listens to main's notices. @returns unsubscribe */
export function hear(listener: (notice: AgentNotice) => void): () => void {
  return window.agentBridge.hear(listener);
}

import type { AgentNotice } from '../../src-shared/ipc/agent-notices';

/** What the preload puts on the window: the only way out of it. */
export interface AgentBridge {
  ask(name: string, input: unknown): Promise<unknown>;
  /** @returns unsubscribe */
  hear(listener: (notice: AgentNotice) => void): () => void;
}

declare global {
  interface Window {
    readonly agentBridge: AgentBridge;
  }
}

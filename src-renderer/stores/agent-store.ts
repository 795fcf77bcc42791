import { create } from 'zustand';
import { type AgentStatus, signedOutStatus } from '../../src-shared/agent/agent-state';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';

/** What the person asked for and the centre has not answered yet. */
export type AskedState =
  | { readonly to: 'available' }
  | { readonly to: 'on-break'; readonly reason: string }
  | { readonly to: 'queue-pause'; readonly queueId: string; readonly reason: string | null };

interface AgentMirror {
  /** As the centre confirmed it. */
  readonly status: AgentStatus;
  /** null until the centre has told it. */
  readonly policy: AgentPolicy | null;
  /** How far the server's clock is ahead of this computer's. */
  readonly clockAheadMs: number;
  readonly asked: AskedState | null;
}

/** Mirror of the availability that the centre confirmed, and of the policy it follows. */
export const useAgentStore = create<AgentMirror>(() => ({
  status: signedOutStatus(0),
  policy: null,
  clockAheadMs: 0,
  asked: null,
}));

/** A moment of the server's clock as this computer's clock would show it. */
export const useLocalMoment = (at: number | null): number | null =>
  useAgentStore(({ clockAheadMs }) => (at === null ? null : at - clockAheadMs));

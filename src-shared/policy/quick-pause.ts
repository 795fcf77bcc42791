import type { AgentPolicy } from './agent-policy';

/** The reason of a break that a key begins, because nobody was asked for one: "other", else the last on the list; null when there is none. */
export function quickPauseReason(policy: AgentPolicy | null): string | null {
  const reasons = policy?.pauseReasons ?? [];
  return (reasons.find(({ id }) => id === 'other') ?? reasons.at(-1))?.id ?? null;
}

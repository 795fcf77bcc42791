import type { AgentState } from '../../src-shared/agent/agent-state';

/** Reasons a person may choose; the word behind each is under `agent.reason-…`. */
export const breakReasons = ['coffee', 'lunch', 'meeting', 'training', 'other'] as const;
export type BreakReason = (typeof breakReasons)[number];

/** Key of a reason's word; null for one the centre made up, which is shown as it came. */
export function reasonKey(reason: string): `agent.reason-${BreakReason | 'sign-in'}` | null {
  const known = [...breakReasons, 'sign-in' as const].find(name => name === reason);
  return known === undefined ? null : `agent.reason-${known}`;
}

/** In these states a break is planned for afterwards, not taken now. */
export const isBusy = (state: AgentState): boolean =>
  state === 'reserved' || state === 'on-call' || state === 'wrap-up';

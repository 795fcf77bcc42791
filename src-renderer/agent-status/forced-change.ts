import type { AgentStatus } from '../../src-shared/agent/agent-state';
import { reasonWord, type ReasonWords } from './reason-word';

export interface ForcedChange {
  readonly toast: 'paused-by' | 'break-planned-by' | 'made-available-by';
  readonly params: Readonly<Record<string, string>>;
}

/** What somebody else has just made of one's state; null when nobody did, or it was told before. */
export function forcedChange(before: AgentStatus, after: AgentStatus, words: ReasonWords): ForcedChange | null {
  const { changedBy, state, reason, reasonText, nextBreak } = after;
  if (changedBy === null) return null;
  const isSame =
    before.changedBy?.displayName === changedBy.displayName &&
    before.state === state &&
    before.reason === reason &&
    before.nextBreak === nextBreak;
  // A break that was planned and told then begins now.
  const isTold = before.changedBy !== null && state === 'on-break' && before.nextBreak === reason;
  if (isSame || isTold) return null;
  const name = changedBy.displayName;
  if (state === 'on-break' && reason !== null)
    return { toast: 'paused-by', params: { name, reason: reasonWord(reason, reasonText, words) } };
  if (nextBreak !== null && nextBreak !== before.nextBreak)
    return { toast: 'break-planned-by', params: { name, reason: reasonWord(nextBreak, null, words) } };
  return state === 'available' ? { toast: 'made-available-by', params: { name } } : null;
}

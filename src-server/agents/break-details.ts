import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { PauseReason } from '../../src-shared/policy/agent-policy';

/**
 * Word and end of a break, after a change of state. A break that a call interrupts keeps both, so that nobody gets a longer one by
 * dialling; a break that begins has them of the policy as it is now.
 */
export function withBreakDetails(
  before: AgentStatus,
  after: AgentStatus,
  reasonOf: (id: string) => PauseReason | undefined,
): AgentStatus {
  const breakOf = (status: AgentStatus): string | null =>
    status.state === 'on-break' ? status.reason : status.nextBreak;
  if (breakOf(after) === breakOf(before)) {
    const isTaken = before.state === 'on-break' || before.reasonText !== null || after.state !== 'on-break';
    if (isTaken) return { ...after, reasonText: before.reasonText, breakUntil: before.breakUntil };
  }
  if (after.state !== 'on-break' || after.reason === null) return { ...after, reasonText: null, breakUntil: null };
  const reason = reasonOf(after.reason);
  return {
    ...after,
    reasonText: reason?.text ?? null,
    breakUntil: reason?.minutes == null ? null : after.since + reason.minutes * 60_000,
  };
}

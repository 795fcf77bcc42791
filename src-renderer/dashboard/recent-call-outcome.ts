import type { EndCause } from '../../src-shared/call/end-cause';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';

export type OutcomeKey = 'dashboard.missed' | 'dashboard.in-progress' | `outcome.${EndCause}`;
export const callKinds = ['inbound', 'missed', 'outbound', 'internal'] as const;
export type CallKind = (typeof callKinds)[number];

const ownNo: ReadonlySet<RecentCall['missedCause']> = new Set(['declined', 'answered-elsewhere']);

/** Missed: it rang here, nobody answered it anywhere, and it was not this person's own no. The centre says why; of a direct call, its end does. */
export function isMissed(call: RecentCall): boolean {
  if (call.missedCause !== null) return !ownNo.has(call.missedCause);
  return (
    call.direction !== 'outbound' &&
    call.answeredAt === null &&
    (call.endCause === 'caller-cancelled' ||
      call.endCause === 'no-answer' ||
      call.endCause === 'engine-lost' ||
      call.endCause === 'line-lost')
  );
}

export const kindOf = (call: RecentCall): CallKind => (isMissed(call) ? 'missed' : call.direction);

/** The word for what became of a call. */
export function outcomeKey(call: RecentCall): OutcomeKey {
  if (call.endedAt === null) return 'dashboard.in-progress';
  if (isMissed(call)) return 'dashboard.missed';
  return `outcome.${call.endCause ?? 'completed'}`;
}

/** How long both spoke; null when they did not, or still do. */
export function talkedMs(call: RecentCall): number | null {
  return call.answeredAt === null || call.endedAt === null ? null : call.endedAt - call.answeredAt;
}

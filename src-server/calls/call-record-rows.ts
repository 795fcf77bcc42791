import type { CallDisposition, CallRecordType } from '../../src-shared/calls/call-record';
import type { RecentCall } from '../../src-shared/call/recent-call';
import type { NewCallRecord } from '../database/call-record-table';
import type { CallRecord as JournalledCall } from '../database/call-table';
import { partOf, recentCallOf, type Viewer } from './call-views';

const typeOf = (call: JournalledCall, isPlacedHere: boolean): CallRecordType =>
  call.direction === 'outbound' || (call.direction === 'internal' && isPlacedHere) ? 'manual' : 'inbound';

function dispositionOf({ answeredAt, endCause }: RecentCall): CallDisposition {
  if (answeredAt !== null) return 'answered';
  return endCause === 'busy' ? 'busy' : 'unanswered';
}

/** S236: of a call that was dialled and not answered the ringing is what there is to count. */
function durationOf(line: RecentCall & { endedAt: number }, type: CallRecordType, ringingMs: number): number {
  if (line.answeredAt !== null) return Math.max(0, line.endedAt - line.answeredAt);
  return type === 'manual' ? ringingMs : 0;
}

function recordOf(call: JournalledCall, viewer: Viewer): NewCallRecord | null {
  const line = recentCallOf(call, viewer);
  const { endedAt } = line;
  if (endedAt === null) return null;
  const { isPlacedHere, queueId, ringingMs } = partOf(call, viewer);
  const type = typeOf(call, isPlacedHere);
  return {
    call_id: call.id,
    person_id: viewer,
    queue_id: queueId,
    type,
    is_internal: call.direction === 'internal' ? 1 : 0,
    disposition: dispositionOf(line),
    remote_number: line.remoteNumber,
    remote_name: line.remoteName,
    started_at: line.startedAt,
    answered_at: line.answeredAt,
    ended_at: endedAt,
    duration_ms: durationOf({ ...line, endedAt }, type, ringingMs),
    end_cause: line.endCause,
    missed_cause: line.missedCause,
  };
}

/** The records of a call: of everybody whose part is over, or of the call alone when it is over and reached nobody. */
export function recordRowsOf(call: JournalledCall): NewCallRecord[] {
  const people = [...new Set(call.legs.flatMap(leg => leg.personId ?? []))];
  if (people.length === 0) return call.endedAt === null ? [] : [recordOf(call, null)].flatMap(row => row ?? []);
  return people
    .filter(personId => call.legs.every(leg => leg.personId !== personId || leg.endedAt !== null))
    .flatMap(personId => recordOf(call, personId) ?? []);
}

import { endCause } from '../../src-shared/call/end-cause';
import { missedCause } from '../../src-shared/call/offer-outcome';
import { type CallRecord, recordIdOf } from '../../src-shared/calls/call-record';
import type { AgentDirectory } from '../agents/agent-directory';
import type { FoundCallRecord } from '../database/call-record-search';
import { shownParty } from './shown-number';

export interface ShownAs {
  readonly directory: Pick<AgentDirectory, 'person' | 'queueNameOf'>;
  readonly isMasked: boolean;
}

/** A record as it leaves the server. */
export function callRecordOf(row: FoundCallRecord, { directory, isMasked }: ShownAs): CallRecord {
  const person = row.person_id === null ? undefined : directory.person(row.person_id);
  const isInternal = row.is_internal === 1;
  return {
    id: recordIdOf(row.call_id, row.person_id),
    callId: row.call_id,
    callNumber: row.call_number,
    personId: row.person_id,
    agentName: person?.displayName ?? null,
    extension: person?.extension ?? null,
    type: row.type,
    isInternal,
    disposition: row.disposition,
    ...shownParty({ number: row.remote_number, name: row.remote_name, isInternal }, isMasked),
    queueId: row.queue_id,
    queueName: directory.queueNameOf(row.queue_id),
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    durationMs: row.duration_ms,
    endCause: endCause.nullable().catch('failed').parse(row.end_cause),
    missedCause: missedCause.nullable().catch('system').parse(row.missed_cause),
    recordingId: row.recording_id,
  };
}

/** Null when it is none. */
export function partsOfRecordId(id: string): { callId: string; personId: string | null } | null {
  const [, callId, personId] = /^([^.]{1,64})\.([^.]{0,64})$/.exec(id) ?? [];
  return callId === undefined
    ? null
    : { callId, personId: personId === undefined || personId === '' ? null : personId };
}

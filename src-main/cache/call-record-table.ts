import { callRecord, type CallRecord } from '../../src-shared/calls/call-record';
import type { CallRecordFilters, callRecordSortKey } from '../../src-shared/calls/call-record-query';
import type { z } from 'zod';
import type { ReadableDb, WritableDb } from './open-cache';
import { digitsIn, folded, keyGiver, keysBetween, textIn, type SqlValue, type Wanted } from './search-table';

interface CallRecordRow {
  readonly key: number;
  readonly owner: string;
  readonly id: string;
  readonly call_id: string;
  readonly call_number: number;
  readonly person_id: string | null;
  readonly agent_name: string | null;
  readonly extension: string | null;
  readonly type: string;
  readonly is_internal: number;
  readonly disposition: string;
  readonly remote_number: string;
  readonly remote_name: string | null;
  readonly is_number_hidden: number;
  readonly queue_id: string | null;
  readonly queue_name: string | null;
  readonly started_at: number;
  readonly answered_at: number | null;
  readonly ended_at: number;
  readonly duration_ms: number;
  readonly end_cause: string | null;
  readonly missed_cause: string | null;
  readonly recording_id: string | null;
  /** What is searched: without accents and capitals. */
  readonly name: string;
  readonly digits: string;
}
const columns = `
  key owner id call_id call_number person_id agent_name extension type is_internal disposition remote_number
  remote_name is_number_hidden queue_id queue_name started_at answered_at ended_at duration_ms end_cause
  missed_cause recording_id name digits
`
  .trim()
  .split(/\s+/);

/** The column behind each that the list can be sorted by. */
export const callRecordColumn = {
  startedAt: 'key',
  remoteName: 'remote_name',
  remoteNumber: 'remote_number',
  queueName: 'queue_name',
  agentName: 'agent_name',
  durationMs: 'duration_ms',
  type: 'type',
  disposition: 'disposition',
  endCause: 'end_cause',
} as const satisfies Record<z.infer<typeof callRecordSortKey>, string>;

/** Puts records as the server tells them; one that is known is replaced. */
export function upsertCallRecords(db: WritableDb, owner: string, records: readonly CallRecord[]): void {
  const put = db.prepare<CallRecordRow>(
    `INSERT INTO call_records (${columns.join(', ')}) VALUES (${columns.map(column => `@${column}`).join(', ')})
      ON CONFLICT (key) DO UPDATE SET ${columns.map(column => `${column} = excluded.${column}`).join(', ')}`,
  );
  const keyOf = keyGiver(db, 'call_records', owner);
  db.transaction(() => {
    for (const record of records) {
      put.run({ ...rowOf(owner, record), key: keyOf(record) });
    }
  })();
}

/** The records behind keys, in their order; null where one is gone. */
export function callRecordsAt(db: ReadableDb, keys: readonly number[]): (CallRecord | null)[] {
  const get = db.prepare<[number], CallRecordRow>('SELECT * FROM call_records WHERE key = ?');
  return keys.map(key => {
    const row = get.get(key);
    return row === undefined ? null : recordOf(row);
  });
}

/** What a person's filters mean in this table. */
export function wantedCallRecords(owner: string, filters: CallRecordFilters): Wanted {
  const { text, name, number, queueId, from, to, longerThanSeconds, type, disposition, cause, personId } = filters;
  const texts = textIn('call_records', [
    ...(text === undefined ? [] : [{ in: ['name', 'digits'] as const, text }]),
    ...(name === undefined ? [] : [{ in: ['name'] as const, text: name }]),
    ...(number === undefined ? [] : [{ in: ['digits'] as const, text: number }]),
  ]);
  const asked: readonly (readonly [string, string, SqlValue | undefined])[] = [
    ['owner', 'r.owner = @owner', owner],
    ['queueId', 'r.queue_id = @queueId', queueId],
    ['longerMs', 'r.duration_ms > @longerMs', longerThanSeconds === undefined ? undefined : longerThanSeconds * 1000],
    ['type', 'r.type = @type', type],
    ['disposition', 'r.disposition = @disposition', disposition],
    ['cause', 'r.end_cause = @cause', cause],
    ['personId', 'r.person_id = @personId', personId],
  ];
  return withConditions({ ...texts, ...keysBetween(from, to) }, asked);
}

/** Adds what is asked and leaves out what is not. */
export function withConditions(
  wanted: Wanted,
  asked: readonly (readonly [name: string, condition: string, value: SqlValue | undefined])[],
): Wanted {
  const given = asked.flatMap(([name, condition, value]) => (value === undefined ? [] : [{ name, condition, value }]));
  return {
    ...wanted,
    conditions: [...given.map(({ condition }) => condition), ...wanted.conditions],
    values: { ...wanted.values, ...Object.fromEntries(given.map(({ name, value }) => [name, value])) },
  };
}

const rowOf = (owner: string, record: CallRecord): Omit<CallRecordRow, 'key'> => ({
  owner,
  id: record.id,
  call_id: record.callId,
  call_number: record.callNumber,
  person_id: record.personId,
  agent_name: record.agentName,
  extension: record.extension,
  type: record.type,
  is_internal: record.isInternal ? 1 : 0,
  disposition: record.disposition,
  remote_number: record.remoteNumber,
  remote_name: record.remoteName,
  is_number_hidden: record.isNumberHidden ? 1 : 0,
  queue_id: record.queueId,
  queue_name: record.queueName,
  started_at: record.startedAt,
  answered_at: record.answeredAt,
  ended_at: record.endedAt,
  duration_ms: record.durationMs,
  end_cause: record.endCause,
  missed_cause: record.missedCause,
  recording_id: record.recordingId,
  name: folded(record.remoteName ?? ''),
  digits: digitsIn(record.remoteNumber),
});

const recordOf = (row: CallRecordRow): CallRecord =>
  callRecord.parse({
    id: row.id,
    callId: row.call_id,
    callNumber: row.call_number,
    personId: row.person_id,
    agentName: row.agent_name,
    extension: row.extension,
    type: row.type,
    isInternal: row.is_internal === 1,
    disposition: row.disposition,
    remoteNumber: row.remote_number,
    remoteName: row.remote_name,
    isNumberHidden: row.is_number_hidden === 1,
    queueId: row.queue_id,
    queueName: row.queue_name,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    durationMs: row.duration_ms,
    endCause: row.end_cause,
    missedCause: row.missed_cause,
    recordingId: row.recording_id,
  });

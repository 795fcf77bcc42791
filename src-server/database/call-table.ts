import { sql } from 'kysely';
import type { CallRow, LegRow, ReadableDb, WritableDb } from './tables';

/** A call as the journal holds it; what one person sees of it is made in `calls/call-views.ts`. */
export interface CallRecord {
  readonly id: string;
  readonly direction: CallRow['direction'];
  readonly from: { readonly number: string; readonly name: string | null };
  readonly to: { readonly number: string; readonly name: string | null };
  readonly queueName: string | null;
  readonly queueJoinedAt: number | null;
  readonly queueLeftAt: number | null;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly endCause: string | null;
  readonly legs: readonly LegRecord[];
  /** Finished recordings, newest last. */
  readonly recordingIds: readonly string[];
}
export interface LegRecord {
  readonly id: string;
  readonly role: LegRow['role'];
  readonly number: string;
  readonly extension: string | null;
  readonly personId: string | null;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly endCause: string | null;
  readonly heldSince: number | null;
  readonly holdMs: number;
}
export interface CallEventRecord {
  readonly at: number;
  readonly type: string;
  readonly legId: string | null;
  readonly detail: string;
}

const legOf = (row: LegRow): LegRecord => ({
  id: row.id,
  role: row.role,
  number: row.number,
  extension: row.extension,
  personId: row.person_id,
  startedAt: row.started_at,
  answeredAt: row.answered_at,
  endedAt: row.ended_at,
  endCause: row.end_cause,
  heldSince: row.held_since,
  holdMs: row.hold_ms,
});

/** These calls, newest first. */
export async function callRecords(db: ReadableDb, callIds: readonly string[]): Promise<CallRecord[]> {
  if (callIds.length === 0) return [];
  const calls = await db
    .selectFrom('calls')
    .leftJoin('queues', 'queues.id', 'calls.queue_id')
    .selectAll('calls')
    .select('queues.name as queue_name')
    .where('calls.id', 'in', callIds)
    .orderBy('calls.started_at', 'desc')
    .execute();
  const legs = await db.selectFrom('legs').selectAll().where('call_id', 'in', callIds).orderBy('started_at').execute();
  const recordings = await db
    .selectFrom('recordings')
    .select(['id', 'call_id'])
    .where('call_id', 'in', callIds)
    .where('finished_at', 'is not', null)
    .orderBy('started_at')
    .execute();
  return calls.map(row => ({
    id: row.id,
    direction: row.direction,
    from: { number: row.from_number, name: row.from_name },
    to: { number: row.to_number, name: row.to_name },
    queueName: row.queue_name,
    queueJoinedAt: row.queue_joined_at,
    queueLeftAt: row.queue_left_at,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    endCause: row.end_cause,
    legs: legs.filter(leg => leg.call_id === row.id).map(legOf),
    recordingIds: recordings.filter(recording => recording.call_id === row.id).map(recording => recording.id),
  }));
}

/** Ids of the newest calls in which this person's phone took part, newest first. */
export async function recentCallIdsOf(db: ReadableDb, personId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('legs')
    .select(['call_id', eb => eb.fn.max('started_at').as('newest')])
    .where('person_id', '=', personId)
    .groupBy('call_id')
    .orderBy('newest', 'desc')
    .limit(limit)
    .execute();
  return rows.map(row => row.call_id);
}

export async function callEvents(db: ReadableDb, callId: string): Promise<CallEventRecord[]> {
  const rows = await db.selectFrom('call_events').selectAll().where('call_id', '=', callId).orderBy('sequence').execute();
  return rows.map(row => ({ at: row.at, type: row.type, legId: row.leg_id, detail: row.detail }));
}

export async function hasCall(db: ReadableDb, callId: string): Promise<boolean> {
  return (await db.selectFrom('calls').select('id').where('id', '=', callId).executeTakeFirst()) !== undefined;
}

export async function openCallIds(db: ReadableDb): Promise<string[]> {
  return (await db.selectFrom('calls').select('id').where('ended_at', 'is', null).execute()).map(row => row.id);
}

export type NewCall = Pick<CallRow, 'id' | 'direction' | 'from_number' | 'from_name' | 'to_number' | 'to_name' | 'started_at'>;
export async function insertCall(db: WritableDb, call: NewCall): Promise<void> {
  const later = { queue_id: null, queue_joined_at: null, queue_left_at: null, queue_left_cause: null, answered_at: null, ended_at: null, end_cause: null };
  await db.insertInto('calls').values({ ...call, ...later }).execute();
}

export type NewLeg = Pick<LegRow, 'id' | 'call_id' | 'role' | 'number' | 'extension' | 'person_id' | 'started_at'>;
export async function insertLeg(db: WritableDb, leg: NewLeg): Promise<void> {
  await db.insertInto('legs').values({ ...leg, answered_at: null, ended_at: null, end_cause: null, held_since: null, hold_ms: 0 }).execute();
}

/** Appends to the call's history; its number follows the last. */
export async function appendCallEvent(db: WritableDb, callId: string, event: CallEventRecord): Promise<void> {
  await db
    .insertInto('call_events')
    .values(eb => ({
      call_id: callId,
      sequence: eb
        .selectFrom('call_events')
        .where('call_id', '=', callId)
        .select(sql<number>`coalesce(max(sequence), 0) + 1`.as('next')),
      at: event.at,
      type: event.type,
      leg_id: event.legId,
      detail: event.detail,
    }))
    .execute();
}

/** The first queue that a call enters is its queue; the wait goes on if it joins again. */
export async function markQueueJoined(db: WritableDb, callId: string, queueId: string, at: number): Promise<void> {
  await db
    .updateTable('calls')
    .set(eb => ({ queue_id: eb.fn.coalesce('queue_id', eb.val(queueId)), queue_joined_at: eb.fn.coalesce('queue_joined_at', eb.val(at)) }))
    .where('id', '=', callId)
    .execute();
}

export async function markQueueLeft(db: WritableDb, callId: string, cause: 'connected' | 'abandoned' | 'closed', at: number): Promise<void> {
  await db.updateTable('calls').set({ queue_left_at: at, queue_left_cause: cause }).where('id', '=', callId).execute();
}

/** A call is answered when somebody other than the one who placed it answers. */
export async function markLegAnswered(db: WritableDb, callId: string, legId: string, at: number): Promise<void> {
  await db.updateTable('legs').set({ answered_at: at }).where('id', '=', legId).where('answered_at', 'is', null).execute();
  await db
    .updateTable('calls')
    .set({ answered_at: at })
    .where('id', '=', callId)
    .where('answered_at', 'is', null)
    .where(eb => eb.exists(eb.selectFrom('legs').select('legs.id').where('legs.id', '=', legId).whereRef('legs.number', '<>', 'calls.from_number')))
    .execute();
}

export async function markLegHeld(db: WritableDb, legId: string, at: number): Promise<void> {
  await db.updateTable('legs').set({ held_since: at }).where('id', '=', legId).where('held_since', 'is', null).execute();
}

export async function markLegResumed(db: WritableDb, legId: string, at: number): Promise<void> {
  await db
    .updateTable('legs')
    .set(eb => ({ hold_ms: sql<number>`hold_ms + max(0, ${eb.val(at)} - held_since)`, held_since: null }))
    .where('id', '=', legId)
    .where('held_since', 'is not', null)
    .execute();
}

export async function endLeg(db: WritableDb, legId: string, cause: string, at: number): Promise<void> {
  await markLegResumed(db, legId, at);
  await db.updateTable('legs').set({ ended_at: at, end_cause: cause }).where('id', '=', legId).where('ended_at', 'is', null).execute();
}

/** Ends a call and whatever of it is still open: legs, the wait in its queue, recordings. */
export async function endCall(db: WritableDb, callId: string, cause: string, at: number): Promise<void> {
  const openLegs = await db.selectFrom('legs').select('id').where('call_id', '=', callId).where('ended_at', 'is', null).execute();
  for (const leg of openLegs) await endLeg(db, leg.id, cause, at);
  await db
    .updateTable('calls')
    .set({ queue_left_at: at, queue_left_cause: 'closed' })
    .where('id', '=', callId)
    .where('queue_joined_at', 'is not', null)
    .where('queue_left_at', 'is', null)
    .execute();
  await db.updateTable('calls').set({ ended_at: at, end_cause: cause }).where('id', '=', callId).where('ended_at', 'is', null).execute();
}

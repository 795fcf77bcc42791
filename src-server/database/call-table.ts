import { sql } from 'kysely';
import type { OfferOutcome } from '../../src-shared/call/offer-outcome';
import type { CallRow, LegRow, ReadableDb } from './tables';

/** A call as the journal holds it; what one person sees of it is made in `calls/call-views.ts`. */
export interface CallRecord {
  readonly id: string;
  readonly direction: CallRow['direction'];
  readonly from: { readonly number: string; readonly name: string | null };
  readonly to: { readonly number: string; readonly name: string | null };
  readonly queueId: string | null;
  readonly queueName: string | null;
  readonly queueJoinedAt: number | null;
  readonly waitingSince: number | null;
  /** All waits that are over. */
  readonly queueWaitMs: number;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly endCause: string | null;
  /** The call into which the parties of this one went. */
  readonly continuedIn: string | null;
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
  /** The queue that offered it. */
  readonly queueId: string | null;
  readonly queueName: string | null;
  /** How its ringing ended; null while it rings, and when it was not offered. */
  readonly offerOutcome: OfferOutcome | null;
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

const legOf = (
  row: LegRow & { readonly queue_name: string | null; readonly outcome: OfferOutcome | null },
): LegRecord => ({
  id: row.id,
  role: row.role,
  number: row.number,
  extension: row.extension,
  personId: row.person_id,
  queueId: row.queue_id,
  queueName: row.queue_name,
  offerOutcome: row.outcome,
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
  const legs = await db
    .selectFrom('legs')
    .leftJoin('queues', 'queues.id', 'legs.queue_id')
    .leftJoin('offers', 'offers.leg_id', 'legs.id')
    .selectAll('legs')
    .select(['queues.name as queue_name', 'offers.outcome'])
    .where('legs.call_id', 'in', callIds)
    .orderBy('legs.started_at')
    .orderBy(sql`legs.rowid`)
    .execute();
  const recordings = await db
    .selectFrom('recordings')
    .select(['id', 'call_id'])
    .where('call_id', 'in', callIds)
    .where('finished_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .orderBy('started_at')
    .orderBy(sql`rowid`)
    .execute();
  return calls.map(row => ({
    id: row.id,
    direction: row.direction,
    from: { number: row.from_number, name: row.from_name },
    to: { number: row.to_number, name: row.to_name },
    queueId: row.queue_id,
    queueName: row.queue_name,
    queueJoinedAt: row.queue_joined_at,
    waitingSince: row.waiting_since,
    queueWaitMs: row.queue_wait_ms,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    endCause: row.end_cause,
    continuedIn: row.continued_in,
    legs: legs.filter(leg => leg.call_id === row.id).map(legOf),
    recordingIds: recordings.filter(recording => recording.call_id === row.id).map(recording => recording.id),
  }));
}

/** Ids of the newest calls in which this person's phone took part, newest first. */
export async function recentCallIdsOf(db: ReadableDb, personId: string, limit: number): Promise<string[]> {
  const found = new Set<string>();
  // Page by page along the index: one call may have rung here a hundred times, and a GROUP BY would read years.
  for (let offset = 0; found.size < limit; offset += limit) {
    const rows = await legsOf(db, personId).limit(limit).offset(offset).execute();
    for (const row of rows) found.add(row.call_id);
    if (rows.length < limit) break;
  }
  return [...found].slice(0, limit);
}
/** Newest first, along `legs_of_person`. */
const legsOf = (db: ReadableDb, personId: string) =>
  db.selectFrom('legs').select('call_id').where('person_id', '=', personId).orderBy('started_at', 'desc');

/** Calls in which this number had a part from outside, newest first, and how many there are. */
export async function callsWithNumber(
  db: ReadableDb,
  number: string,
  { except, limit }: { readonly except: string; readonly limit: number },
): Promise<{ callIds: string[]; count: number }> {
  const found = db
    .selectFrom('legs')
    .where('role', '=', 'customer')
    .where('number', '=', number)
    .where('call_id', '<>', except);
  const { count } = await found
    .select(eb => eb.fn.count<number>('call_id').distinct().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .select(eb => ['call_id', eb.fn.max('started_at').as('newest')])
    .groupBy('call_id')
    .orderBy('newest', 'desc')
    .limit(limit)
    .execute();
  return { callIds: rows.map(row => row.call_id), count };
}

export async function callEvents(db: ReadableDb, callId: string): Promise<CallEventRecord[]> {
  const rows = await db
    .selectFrom('call_events')
    .selectAll()
    .where('call_id', '=', callId)
    .orderBy('sequence')
    .execute();
  return rows.map(row => ({ at: row.at, type: row.type, legId: row.leg_id, detail: row.detail }));
}

/** The consultations that ended in this call, oldest first. */
export async function consultationsOf(db: ReadableDb, callId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('calls')
    .select('id')
    .where('continued_in', '=', callId)
    .orderBy('started_at')
    .execute();
  return rows.map(row => row.id);
}

/** Calls that this person placed while another one of theirs went on, oldest first. */
export async function callsPlacedDuring(
  db: ReadableDb,
  { personId, extension, from, to }: { personId: string; extension: string; from: number; to: number | null },
): Promise<string[]> {
  const rows = await db
    .selectFrom('legs')
    .innerJoin('calls', 'calls.id', 'legs.call_id')
    .select('calls.id')
    .where('legs.person_id', '=', personId)
    .where('legs.started_at', '>', from)
    .$if(to !== null, query => query.where('legs.started_at', '<=', to))
    .where('calls.from_number', '=', extension)
    .where('calls.direction', '<>', 'inbound')
    .orderBy('calls.started_at')
    .execute();
  return rows.map(row => row.id);
}

export async function hasCall(db: ReadableDb, callId: string): Promise<boolean> {
  return (await db.selectFrom('calls').select('id').where('id', '=', callId).executeTakeFirst()) !== undefined;
}

export async function openCallIds(db: ReadableDb): Promise<string[]> {
  return (await db.selectFrom('calls').select('id').where('ended_at', 'is', null).execute()).map(row => row.id);
}

import { sql } from 'kysely';
import type { CallEventRecord } from './call-table';
import { dialectOf } from './dialect';
import { endOffersOf } from './offer-table';
import type { CallRow, LegRow, WritableDb } from './tables';

export type NewCall = Pick<
  CallRow,
  'id' | 'direction' | 'from_number' | 'from_name' | 'to_number' | 'to_name' | 'started_at'
>;
export async function insertCall(db: WritableDb, call: NewCall): Promise<void> {
  const later = {
    queue_id: null,
    queue_joined_at: null,
    queue_left_at: null,
    queue_left_cause: null,
    waiting_since: null,
    queue_wait_ms: 0,
    answered_at: null,
    ended_at: null,
    end_cause: null,
    continued_in: null,
  };
  await db
    .insertInto('calls')
    .values({ ...call, ...later })
    .execute();
}

export type NewLeg = Pick<LegRow, 'id' | 'call_id' | 'role' | 'number' | 'extension' | 'person_id' | 'started_at'>;
export async function insertLeg(db: WritableDb, leg: NewLeg): Promise<void> {
  await db
    .insertInto('legs')
    .values({
      ...leg,
      queue_id: null,
      answered_at: null,
      ended_at: null,
      end_cause: null,
      held_since: null,
      hold_ms: 0,
    })
    .execute();
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

/** The first queue that a call enters is its queue. It may come back to wait again; two joinings without a leaving are one wait. */
export async function markQueueJoined(db: WritableDb, callId: string, queueId: string, at: number): Promise<void> {
  await db
    .updateTable('calls')
    .set(eb => ({
      queue_id: eb.fn.coalesce('queue_id', eb.val(queueId)),
      queue_joined_at: eb.fn.coalesce('queue_joined_at', eb.val(at)),
      waiting_since: eb.fn.coalesce('waiting_since', eb.val(at)),
      queue_left_at: null,
      queue_left_cause: null,
    }))
    .where('id', '=', callId)
    .execute();
}

export async function markQueueLeft(
  db: WritableDb,
  callId: string,
  cause: 'connected' | 'abandoned' | 'closed',
  at: number,
): Promise<void> {
  await db
    .updateTable('calls')
    .set(eb => ({
      queue_left_at: at,
      queue_left_cause: cause,
      queue_wait_ms: sql<number>`queue_wait_ms + ${dialectOf(db).greatest(sql.lit(0), sql`${eb.val(at)} - coalesce(waiting_since, ${eb.val(at)})`)}`,
      waiting_since: null,
    }))
    .where('id', '=', callId)
    .execute();
}

/** This leg rings because a queue chose its phone. */
export async function markLegOffered(db: WritableDb, legId: string, queueId: string | null): Promise<void> {
  await db.updateTable('legs').set({ queue_id: queueId }).where('id', '=', legId).execute();
}

/** The parties of this call went into another one: a consultation that ended in a transfer or a conference. */
export async function markContinuedIn(db: WritableDb, callId: string, nextCallId: string): Promise<void> {
  await db
    .updateTable('calls')
    .set({ continued_in: nextCallId })
    .where('id', '=', callId)
    .where('id', '<>', nextCallId)
    .where(eb => eb.exists(eb.selectFrom('calls as next').select('next.id').where('next.id', '=', nextCallId)))
    .execute();
}

/** A call is answered when somebody other than the one who placed it answers. */
export async function markLegAnswered(db: WritableDb, callId: string, legId: string, at: number): Promise<void> {
  await db
    .updateTable('legs')
    .set({ answered_at: at })
    .where('id', '=', legId)
    .where('answered_at', 'is', null)
    .execute();
  await db
    .updateTable('calls')
    .set({ answered_at: at })
    .where('id', '=', callId)
    .where('answered_at', 'is', null)
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('legs')
          .select('legs.id')
          .where('legs.id', '=', legId)
          .whereRef('legs.number', '<>', 'calls.from_number'),
      ),
    )
    .execute();
}

export async function markLegHeld(db: WritableDb, legId: string, at: number): Promise<void> {
  await db
    .updateTable('legs')
    .set({ held_since: at })
    .where('id', '=', legId)
    .where('held_since', 'is', null)
    .execute();
}

export async function markLegResumed(db: WritableDb, legId: string, at: number): Promise<void> {
  await db
    .updateTable('legs')
    .set(eb => ({
      hold_ms: sql<number>`hold_ms + ${dialectOf(db).greatest(sql.lit(0), sql`${eb.val(at)} - held_since`)}`,
      held_since: null,
    }))
    .where('id', '=', legId)
    .where('held_since', 'is not', null)
    .execute();
}

export async function endLeg(db: WritableDb, legId: string, cause: string, at: number): Promise<void> {
  await markLegResumed(db, legId, at);
  await db
    .updateTable('legs')
    .set({ ended_at: at, end_cause: cause })
    .where('id', '=', legId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends a call and whatever of it is still open: legs, ringing, the wait in its queue, recordings. */
export async function endCall(db: WritableDb, callId: string, cause: string, at: number): Promise<void> {
  const openLegs = await db
    .selectFrom('legs')
    .select('id')
    .where('call_id', '=', callId)
    .where('ended_at', 'is', null)
    .execute();
  for (const leg of openLegs) await endLeg(db, leg.id, cause, at);
  await endOffersOf(db, callId, at);
  const waiting = await db
    .selectFrom('calls')
    .select('id')
    .where('id', '=', callId)
    .where('waiting_since', 'is not', null)
    .executeTakeFirst();
  if (waiting !== undefined) await markQueueLeft(db, callId, 'closed', at);
  await db
    .updateTable('calls')
    .set({ ended_at: at, end_cause: cause })
    .where('id', '=', callId)
    .where('ended_at', 'is', null)
    .execute();
}

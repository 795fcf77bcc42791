import { sql } from 'kysely';
import type { OfferOutcome } from '../../src-shared/call/offer-outcome';
import { dialectOf } from './dialect';
import type { WritableDb } from './tables';

export interface Asked {
  readonly personId: string;
  /** A call counts when it first came to this person from here on … */
  readonly from: number;
  /** … and before this. */
  readonly until: number;
  /** What still runs is counted up to here. */
  readonly now: number;
}
/** No call comes to one person for longer than this: what began earlier need not be looked at. */
const longestCallMs = 86_400_000;

export interface OfferedCall {
  readonly callId: string;
  readonly at: number;
  readonly outcome: OfferOutcome;
  /** How long the ringing lasted that was answered, else the last. */
  readonly ring: number;
}

/** Calls that queues let ring at this person's phone; those that still ring for the first time are not in it yet. */
export async function offeredCalls(db: WritableDb, { personId, from, until }: Asked): Promise<readonly OfferedCall[]> {
  const { greatest } = dialectOf(db);
  const ring = greatest(sql.lit(0), sql`ended_at - offered_at`);
  const { rows } = await sql<OfferedCall>`
    SELECT call_id AS "callId", at, CASE WHEN is_answered = 1 THEN 'answered' ELSE outcome END AS outcome,
      coalesce(answered_ring, ring) AS ring
    FROM (
      SELECT call_id, outcome, ${ring} AS ring,
        max(CASE WHEN outcome = 'answered' THEN ${ring} END) OVER (PARTITION BY call_id) AS answered_ring,
        min(offered_at) OVER (PARTITION BY call_id) AS at,
        max(CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END) OVER (PARTITION BY call_id) AS is_answered,
        row_number() OVER (PARTITION BY call_id ORDER BY offered_at DESC, leg_id DESC) AS place
      FROM offers
      WHERE person_id = ${personId} AND queue_id IS NOT NULL AND outcome IS NOT NULL
        AND offered_at >= ${from - longestCallMs} AND offered_at < ${until + longestCallMs}
    ) AS offer
    WHERE place = 1 AND at >= ${from} AND at < ${until}`.execute(db);
  return rows;
}

export interface TalkedCall {
  readonly callId: string;
  readonly at: number;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  /** A queue brought it, and it is over for this person. */
  readonly isHandled: 0 | 1;
  /** Without hold. */
  readonly talk: number;
  readonly hold: number;
  readonly wrapUp: number;
}

/** Calls in which this person talked. One's own phone picked up is no talk until the other end has answered. */
export async function talkedCalls(db: WritableDb, asked: Asked): Promise<readonly TalkedCall[]> {
  const { personId, from, until, now } = asked;
  const { greatest, least } = dialectOf(db);
  const zero = sql.lit(0);
  const bothUp = greatest(sql`legs.answered_at`, sql`calls.answered_at`);
  const up = sql`CASE WHEN legs.number = calls.from_number THEN ${bothUp} ELSE legs.answered_at END`;
  const { rows } = await sql<TalkedCall>`
    SELECT mine.call_id AS "callId", mine.at, mine.direction, mine.is_of_queue * mine.is_over AS "isHandled",
      ${greatest(zero, sql`mine.up - mine.hold`)} AS talk, mine.hold,
      coalesce((SELECT ${greatest(zero, sql`coalesce(ended_at, ${least(sql`ends_at`, sql`${now}`)}) - started_at`)} FROM wrap_ups
        WHERE wrap_ups.call_id = mine.call_id AND wrap_ups.person_id = ${personId}), 0) AS "wrapUp"
    FROM (
      SELECT legs.call_id, calls.direction, min(legs.started_at) AS at,
        max(CASE WHEN legs.queue_id IS NULL THEN 0 ELSE 1 END) AS is_of_queue,
        min(CASE WHEN legs.ended_at IS NULL THEN 0 ELSE 1 END) AS is_over,
        sum(${greatest(zero, sql`coalesce(legs.ended_at, ${now}) - ${up}`)}) AS up,
        sum(legs.hold_ms + CASE WHEN legs.held_since IS NULL THEN 0 ELSE ${greatest(zero, sql`${now} - legs.held_since`)} END) AS hold
      FROM legs JOIN calls ON calls.id = legs.call_id
      WHERE legs.person_id = ${personId} AND legs.answered_at IS NOT NULL AND calls.answered_at IS NOT NULL
        AND legs.started_at >= ${from - longestCallMs} AND legs.started_at < ${until + longestCallMs}
      GROUP BY legs.call_id, calls.direction
    ) AS mine
    WHERE mine.at >= ${from} AND mine.at < ${until}`.execute(db);
  return rows;
}

import { sql } from 'kysely';
import type { OfferOutcome } from '../../src-shared/call/offer-outcome';
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
  const { rows } = await sql<OfferedCall>`
    SELECT call_id AS "callId", at, CASE WHEN is_answered THEN 'answered' ELSE outcome END AS outcome,
      coalesce(answered_ring, ring) AS ring
    FROM (
      SELECT call_id, outcome, max(0, ended_at - offered_at) AS ring,
        max(CASE WHEN outcome = 'answered' THEN max(0, ended_at - offered_at) END) OVER (PARTITION BY call_id) AS answered_ring,
        min(offered_at) OVER (PARTITION BY call_id) AS at,
        max(outcome = 'answered') OVER (PARTITION BY call_id) AS is_answered,
        row_number() OVER (PARTITION BY call_id ORDER BY offered_at DESC, leg_id DESC) AS place
      FROM offers
      WHERE person_id = ${personId} AND queue_id IS NOT NULL AND outcome IS NOT NULL
        AND offered_at >= ${from - longestCallMs} AND offered_at < ${until + longestCallMs}
    )
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
  const { rows } = await sql<TalkedCall>`
    SELECT mine.call_id AS "callId", mine.at, mine.direction, mine.is_of_queue AND mine.is_over AS "isHandled",
      max(0, mine.up - mine.hold) AS talk, mine.hold,
      coalesce((SELECT max(0, coalesce(ended_at, min(ends_at, ${now})) - started_at) FROM wrap_ups
        WHERE wrap_ups.call_id = mine.call_id AND wrap_ups.person_id = ${personId}), 0) AS "wrapUp"
    FROM (
      SELECT legs.call_id, calls.direction, min(legs.started_at) AS at,
        max(legs.queue_id IS NOT NULL) AS is_of_queue,
        min(legs.ended_at IS NOT NULL) AS is_over,
        sum(max(0, coalesce(legs.ended_at, ${now}) - CASE WHEN legs.number = calls.from_number
          THEN max(legs.answered_at, calls.answered_at) ELSE legs.answered_at END)) AS up,
        sum(legs.hold_ms + CASE WHEN legs.held_since IS NULL THEN 0 ELSE max(0, ${now} - legs.held_since) END) AS hold
      FROM legs JOIN calls ON calls.id = legs.call_id
      WHERE legs.person_id = ${personId} AND legs.answered_at IS NOT NULL AND calls.answered_at IS NOT NULL
        AND legs.started_at >= ${from - longestCallMs} AND legs.started_at < ${until + longestCallMs}
      GROUP BY legs.call_id
    ) AS mine
    WHERE mine.at >= ${from} AND mine.at < ${until}`.execute(db);
  return rows;
}

import type { OfferOutcome } from '../../src-shared/call/offer-outcome';
import type { OfferRow, ReadableDb, WritableDb } from './tables';

export type NewOffer = Pick<OfferRow, 'leg_id' | 'call_id' | 'extension' | 'person_id' | 'queue_id' | 'offered_at'>;

/** A phone begins to ring. */
export async function insertOffer(db: WritableDb, offer: NewOffer): Promise<void> {
  await db
    .insertInto('offers')
    .values({ ...offer, ended_at: null, outcome: null })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

/** Each ringing ends once: what is told of it later changes nothing. */
export async function endOffer(db: WritableDb, legId: string, outcome: OfferOutcome, at: number): Promise<void> {
  await db
    .updateTable('offers')
    .set({ ended_at: at, outcome })
    .where('leg_id', '=', legId)
    .where('outcome', 'is', null)
    .execute();
}

/** Whatever still rings when its call is over was cut off by a fault: engines tell of every other end. */
export async function endOffersOf(db: WritableDb, callId: string, at: number): Promise<void> {
  await db
    .updateTable('offers')
    .set({ ended_at: at, outcome: 'system' })
    .where('call_id', '=', callId)
    .where('outcome', 'is', null)
    .execute();
}

/** How often phones rang, and how it ended; null: they ring now. */
export async function offerCounts(db: ReadableDb): Promise<Map<OfferOutcome | null, number>> {
  const rows = await db
    .selectFrom('offers')
    .select(['outcome', eb => eb.fn.countAll<number>().as('count')])
    .groupBy('outcome')
    .execute();
  return new Map(rows.map(row => [row.outcome, row.count]));
}

import type { WrapUp } from '../../src-shared/wrap-up/wrap-up';
import type { ReadableDb, WritableDb } from './tables';

/** Begins it, or writes down its new end. */
export async function putWrapUp(db: WritableDb, personId: string, wrapUp: WrapUp): Promise<void> {
  const { callId, queueId, customerNumber, customerName, startedAt, endsAt, extensionsLeft } = wrapUp;
  const changing = { ends_at: endsAt, extensions_left: extensionsLeft, customer_name: customerName };
  await db
    .insertInto('wrap_ups')
    .values({
      call_id: callId,
      person_id: personId,
      queue_id: queueId,
      customer_number: customerNumber,
      started_at: startedAt,
      ended_at: null,
      ...changing,
    })
    .onConflict(conflict => conflict.columns(['call_id', 'person_id']).doUpdateSet({ ...changing, ended_at: null }))
    .execute();
}

export async function endWrapUp(db: WritableDb, personId: string, callId: string, at: number): Promise<void> {
  await db
    .updateTable('wrap_ups')
    .set({ ended_at: at })
    .where('call_id', '=', callId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Those that run, as they were written last. */
export async function openWrapUps(db: ReadableDb): Promise<{ readonly personId: string; readonly wrapUp: WrapUp }[]> {
  const rows = await db
    .selectFrom('wrap_ups')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('started_at')
    .execute();
  return rows.map(row => ({
    personId: row.person_id,
    wrapUp: {
      callId: row.call_id,
      queueId: row.queue_id,
      customerNumber: row.customer_number,
      customerName: row.customer_name,
      startedAt: row.started_at,
      endsAt: row.ends_at,
      extensionsLeft: row.extensions_left,
    },
  }));
}

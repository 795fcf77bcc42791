import type { LocalText } from '../../src-shared/policy/agent-policy';
import { localText } from '../../src-shared/policy/agent-policy';
import type { CallOutcome, WrittenOutcome } from '../../src-shared/wrap-up/wrap-up';
import type { ReadableDb, WritableDb } from './tables';

/** Whether this person talked in the call, and the queue that brought it. */
export async function talkedIn(
  db: ReadableDb,
  callId: string,
  personId: string,
): Promise<{ readonly queueId: string | null } | null> {
  const row = await db
    .selectFrom('legs')
    .innerJoin('calls', 'calls.id', 'legs.call_id')
    .select(['calls.queue_id as call_queue_id', 'legs.queue_id'])
    .where('legs.call_id', '=', callId)
    .where('legs.person_id', '=', personId)
    .where('legs.answered_at', 'is not', null)
    .orderBy('legs.started_at', 'desc')
    .executeTakeFirst();
  return row === undefined ? null : { queueId: row.queue_id ?? row.call_queue_id };
}

/** The words of a disposition, also of one that was taken off the list meanwhile. */
export async function dispositionText(db: ReadableDb, queueId: string, id: string): Promise<LocalText | null> {
  const row = await db
    .selectFrom('dispositions')
    .select(['text_en', 'text_fr'])
    .where('queue_id', '=', queueId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { en: row.text_en, ...(row.text_fr !== null && { fr: row.text_fr }) };
}

export interface OutcomeEntry {
  readonly outcome: CallOutcome;
  readonly personId: string;
  readonly text: LocalText | null;
  readonly at: number;
}
/** Written once, however often it is sent. */
export async function insertOutcome(db: WritableDb, { outcome, personId, text, at }: OutcomeEntry): Promise<void> {
  await db
    .insertInto('call_outcomes')
    .values({
      id: outcome.id,
      call_id: outcome.callId,
      person_id: personId,
      disposition_id: outcome.dispositionId,
      disposition_text: text === null ? null : JSON.stringify(text),
      note: outcome.note,
      saved_at: Math.round(outcome.savedAt),
      at,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .execute();
}

export async function outcomesOf(db: ReadableDb, callId: string): Promise<WrittenOutcome[]> {
  const rows = await db
    .selectFrom('call_outcomes')
    .innerJoin('people', 'people.id', 'call_outcomes.person_id')
    .select(['people.display_name', 'call_outcomes.at', 'call_outcomes.disposition_text', 'call_outcomes.note'])
    .where('call_outcomes.call_id', '=', callId)
    .orderBy('call_outcomes.at')
    .orderBy('call_outcomes.id')
    .execute();
  return rows.map(row => ({
    by: row.display_name,
    at: row.at,
    disposition: row.disposition_text === null ? null : localText.parse(JSON.parse(row.disposition_text)),
    note: row.note,
  }));
}

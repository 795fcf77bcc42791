import type { ReadableDb, WritableDb } from '../cache/open-cache';

/** The call that is written about: enough to show the form again when the server no longer tells it. */
export interface WrittenCall {
  readonly callId: string;
  readonly queueId: string;
  readonly customerNumber: string;
  readonly customerName: string | null;
}
export interface Draft extends WrittenCall {
  readonly dispositionId: string | null;
  readonly note: string;
}
export interface UnsentOutcome extends Draft {
  readonly id: string;
  readonly savedAt: number;
}
interface DraftRow {
  readonly owner: string;
  readonly call_id: string;
  readonly queue_id: string;
  readonly customer_number: string;
  readonly customer_name: string | null;
  readonly disposition_id: string | null;
  readonly note: string;
}
type OutcomeRow = DraftRow & { readonly id: string; readonly saved_at: number };

/** The newest words of one call in place of the former. */
export function putDraft(db: WritableDb, owner: string, draft: Draft, at: number): void {
  db.prepare<DraftRow & { changed_at: number }>(
    `INSERT INTO drafts VALUES (@owner, @call_id, @queue_id, @customer_number, @customer_name, @disposition_id, @note, @changed_at)
     ON CONFLICT (owner, call_id) DO UPDATE SET disposition_id = excluded.disposition_id, note = excluded.note, changed_at = excluded.changed_at`,
  ).run({ ...rowOf(owner, draft), changed_at: at });
}

export function removeDraft(db: WritableDb, owner: string, callId: string): void {
  db.prepare<[string, string]>('DELETE FROM drafts WHERE owner = ? AND call_id = ?').run(owner, callId);
}

/** Oldest first. */
export function draftsOf(db: ReadableDb, owner: string): Draft[] {
  return db
    .prepare<[string], DraftRow>('SELECT * FROM drafts WHERE owner = ? ORDER BY changed_at')
    .all(owner)
    .map(draftOf);
}

/** Saved: from draft to outbox in one step. */
export function keepOutcome(db: WritableDb, owner: string, outcome: UnsentOutcome): void {
  db.transaction(() => {
    removeDraft(db, owner, outcome.callId);
    db.prepare<OutcomeRow>(
      'INSERT INTO call_outcomes VALUES (@id, @owner, @call_id, @queue_id, @customer_number, @customer_name, @disposition_id, @note, @saved_at)',
    ).run({ ...rowOf(owner, outcome), id: outcome.id, saved_at: outcome.savedAt });
  })();
}

/** Writes the numbers of the customers otherwise, wherever somebody wrote about them and the server does not have it yet. */
export function changeNumbers(db: WritableDb, owner: string, change: (number: string) => string): void {
  db.transaction(() => {
    for (const table of ['drafts', 'call_outcomes']) {
      const put = db.prepare<[string, string, string]>(
        `UPDATE ${table} SET customer_number = ? WHERE owner = ? AND customer_number = ?`,
      );
      const numbers = db
        .prepare<[string], string>(`SELECT DISTINCT customer_number FROM ${table} WHERE owner = ?`)
        .pluck()
        .all(owner);
      for (const number of numbers) put.run(change(number), owner, number);
    }
  })();
}

/** The server has it. */
export function removeOutcome(db: WritableDb, id: string): void {
  db.prepare<[string]>('DELETE FROM call_outcomes WHERE id = ?').run(id);
}

/** The server does not take it: back to the form, where it can be changed. */
export function outcomeToDraft(db: WritableDb, owner: string, outcome: UnsentOutcome): void {
  db.transaction(() => {
    removeOutcome(db, outcome.id);
    putDraft(db, owner, outcome, outcome.savedAt);
  })();
}

/** Oldest first. */
export function unsentOutcomes(db: ReadableDb, owner: string): UnsentOutcome[] {
  return db
    .prepare<[string], OutcomeRow>('SELECT * FROM call_outcomes WHERE owner = ? ORDER BY saved_at')
    .all(owner)
    .map(row => ({ ...draftOf(row), id: row.id, savedAt: row.saved_at }));
}

const rowOf = (owner: string, draft: Draft): DraftRow => ({
  owner,
  call_id: draft.callId,
  queue_id: draft.queueId,
  customer_number: draft.customerNumber,
  customer_name: draft.customerName,
  disposition_id: draft.dispositionId,
  note: draft.note,
});

const draftOf = (row: DraftRow): Draft => ({
  callId: row.call_id,
  queueId: row.queue_id,
  customerNumber: row.customer_number,
  customerName: row.customer_name,
  dispositionId: row.disposition_id,
  note: row.note,
});

import type { ReadableDb, WritableDb } from './tables';

export interface AuditEntry {
  readonly at: number;
  readonly personId: string | null;
  readonly action:
    | 'recording.listened'
    | 'recording.downloaded'
    | 'recording.scored'
    | 'recording.deleted'
    | 'list.exported'
    | 'recording.paused'
    | 'recording.resumed'
    | 'sign-in.refused'
    | 'sign-in.done'
    | 'session.ended'
    | 'password.reset-asked'
    | 'password.reset-refused'
    | 'password.reset-done'
    | 'queue.caller-moved'
    | 'queue.move-undone'
    | 'agent.state-changed'
    | 'policy.changed';
  /** What it was done to, by id. */
  readonly subject: string;
  readonly detail: string;
  readonly remoteAddress: string;
}

export async function appendAudit(db: WritableDb, entry: AuditEntry): Promise<void> {
  const { at, personId, action, subject, detail, remoteAddress } = entry;
  await db
    .insertInto('audit_entries')
    .values({ at, person_id: personId, action, subject, detail, remote_address: remoteAddress })
    .execute();
}

/** What was told once already. */
export async function isInAudit(
  db: ReadableDb,
  { personId, action, subject, detail }: Pick<AuditEntry, 'personId' | 'action' | 'subject' | 'detail'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('audit_entries')
    .select('id')
    .where('subject', '=', subject)
    .where('action', '=', action)
    .where('detail', '=', detail)
    .where('person_id', personId === null ? 'is' : '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function auditOf(
  db: ReadableDb,
  subject: string,
): Promise<{ personId: string | null; action: string; detail: string }[]> {
  const rows = await db.selectFrom('audit_entries').selectAll().where('subject', '=', subject).orderBy('id').execute();
  return rows.map(row => ({ personId: row.person_id, action: row.action, detail: row.detail }));
}

import { insertManyCallRecords, type NewCallRecord } from '../../../../src-server/database/call-record-table';
import { openEmptyDatabase } from '../../../rig/postgres';
import type { WritableDb } from '../../../../src-server/database/tables';

/** A database in memory with three agents, in which records can be told. */
export async function aDatabase(onStatement?: (sql: string) => void): Promise<WritableDb> {
  const db = await openEmptyDatabase(onStatement);
  await db.insertInto('accounts').values({ id: 'a', company: '', account_number: '', billing_number: '' }).execute();
  const web = {
    extension_kind: 'web' as const,
    desk_phone_md5: null,
    desk_phone_sha256: null,
    is_recorded: 0 as const,
  };
  const person = { ...web, account_id: 'a', email: null, role: 'agent' as const, password_hash: '' };
  for (const [id, extension] of [
    ['alice', '1001'],
    ['bruno', '1002'],
    ['chloe', '1003'],
  ] as const)
    await db
      .insertInto('people')
      .values({ ...person, id, identifier: id, extension, display_name: id })
      .execute();
  return db;
}

export const startedAt = Date.parse('2026-11-02T09:00:00Z');

/** A call of a minute from outside. */
export const aCallRow = (id: string, at = startedAt) => ({
  id,
  direction: 'inbound' as const,
  from_number: '',
  from_name: null,
  to_number: '',
  to_name: null,
  queue_id: null,
  queue_joined_at: null,
  queue_left_at: null,
  queue_left_cause: null,
  waiting_since: null,
  queue_wait_ms: 0,
  started_at: at,
  answered_at: null,
  ended_at: at,
  end_cause: null,
  continued_in: null,
});

/** Alice's part of a call of its own. */
export const aRecordRow = (at = startedAt, row: Partial<NewCallRecord> = {}): NewCallRecord => ({
  call_id: `call-${at}`,
  person_id: 'alice',
  queue_id: 'support',
  type: 'inbound',
  is_internal: 0,
  disposition: 'answered',
  remote_number: '+33159634602',
  remote_name: 'Élodie Lefèvre',
  started_at: at,
  answered_at: at + 5000,
  ended_at: at + 65_000,
  duration_ms: 60_000,
  end_cause: 'completed',
  missed_cause: null,
  ...row,
});

/** Records one minute after another, each of a call of its own. */
export async function insertRecords(
  db: WritableDb,
  rows: readonly Partial<NewCallRecord>[],
  from = startedAt,
): Promise<void> {
  const records = rows.map((row, index) => aRecordRow(from + index * 60_000, row));
  await db.transaction().execute(async transaction => {
    for (const { call_id, started_at } of records)
      await transaction
        .insertInto('calls')
        .values(aCallRow(call_id, started_at))
        .onConflict(conflict => conflict.doNothing())
        .execute();
    await insertManyCallRecords(transaction, records);
  });
}

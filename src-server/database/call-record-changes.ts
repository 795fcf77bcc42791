import type { RecordScope } from '../calls/record-scope';
import type { WritableDb, CallRecordRow } from './tables';

/** So many changes of others are passed over for one answer. */
export const changesLooked = 2000;

export interface Changes<T> {
  readonly rows: T[];
  /** Every change up to here has been told. */
  readonly version: number;
  readonly hasMore: boolean;
}

/** What became otherwise after a version, within the scope, in the order of its change. */
export async function changedCallRecords(
  db: WritableDb,
  { after, scope, limit }: { after: number; scope: RecordScope; limit: number },
): Promise<Changes<CallRecordRow>> {
  const rows = await db
    .selectFrom('call_records')
    .selectAll()
    .where('version', '>', after)
    .orderBy('version')
    .limit(changesLooked)
    .execute();
  return firstOf(rows, { after, limit, isWanted: row => isInScope(row, scope) });
}

export function isInScope(row: Pick<CallRecordRow, 'person_id' | 'queue_id'>, scope: RecordScope): boolean {
  if (scope.kind === 'all') return true;
  if (row.person_id !== null) return scope.personIds.includes(row.person_id);
  return row.queue_id !== null && scope.queueIds.includes(row.queue_id);
}

/** The first so many of those looked at, and how far that goes. */
export function firstOf<T extends { readonly version: number }>(
  rows: readonly T[],
  { after, limit, isWanted }: { after: number; limit: number; isWanted: (row: T) => boolean },
): Changes<T> {
  const wanted: T[] = [];
  let version = after;
  for (const row of rows) {
    if (isWanted(row)) {
      if (wanted.length === limit) return { rows: wanted, version, hasMore: true };
      wanted.push(row);
    }
    version = row.version;
  }
  return { rows: wanted, version, hasMore: rows.length === changesLooked };
}

/** One person's part of one call, if it is in the scope. */
export async function callRecordRow(
  db: WritableDb,
  { callId, personId }: { callId: string; personId: string | null },
  scope: RecordScope,
): Promise<CallRecordRow | null> {
  const row = await db
    .selectFrom('call_records')
    .selectAll()
    .where('call_id', '=', callId)
    .where('person_id', personId === null ? 'is' : '=', personId)
    .executeTakeFirst();
  return row !== undefined && isInScope(row, scope) ? row : null;
}

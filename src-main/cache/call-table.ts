import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import { recentCall } from '../../src-shared/server-api/rest-routes';
import type { ReadableDb, WritableDb } from './open-cache';

interface CallRow {
  readonly owner: string;
  readonly call_id: string;
  readonly direction: string;
  readonly remote_number: string;
  readonly remote_name: string | null;
  readonly queue_name: string | null;
  readonly started_at: number;
  readonly answered_at: number | null;
  readonly ended_at: number | null;
  readonly end_cause: string | null;
  readonly has_recording: number;
  readonly missed_cause: string | null;
}

/** Where the next page begins: the last row of this one. */
export interface CallPlace {
  readonly startedAt: number;
  readonly callId: string;
}

/** Puts calls as the server tells them; a call that is known is replaced. */
export function upsertCalls(db: WritableDb, owner: string, calls: readonly RecentCall[]): void {
  const put = db.prepare<CallRow>(`
    INSERT INTO calls VALUES (@owner, @call_id, @direction, @remote_number, @remote_name, @queue_name, @started_at, @answered_at, @ended_at, @end_cause, @has_recording, @missed_cause)
    ON CONFLICT (owner, call_id) DO UPDATE SET
      direction = excluded.direction, remote_number = excluded.remote_number, remote_name = excluded.remote_name, queue_name = excluded.queue_name,
      started_at = excluded.started_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at, end_cause = excluded.end_cause,
      has_recording = excluded.has_recording, missed_cause = excluded.missed_cause
  `);
  db.transaction(() => calls.forEach(call => put.run(rowOf(owner, call))))();
}

/** The newest calls of one person, page by page without offsets. */
export function newestCalls(
  db: ReadableDb,
  owner: string,
  limit: number,
  after: CallPlace | null = null,
): RecentCall[] {
  const rows = db
    .prepare<[string, number, string, number], CallRow>(
      'SELECT * FROM calls WHERE owner = ? AND (started_at, call_id) < (?, ?) ORDER BY started_at DESC, call_id DESC LIMIT ?',
    )
    .all(owner, after?.startedAt ?? Number.MAX_VALUE, after?.callId ?? '', limit);
  return rows.map(callOf);
}

/** The name under which this number called, or was called, last. */
export function lastNameOf(db: ReadableDb, owner: string, number: string): string | null {
  const row = db
    .prepare<[string, string], Pick<CallRow, 'remote_name'>>(
      'SELECT remote_name FROM calls WHERE owner = ? AND remote_number = ? AND remote_name IS NOT NULL ORDER BY started_at DESC LIMIT 1',
    )
    .get(owner, number);
  return row?.remote_name ?? null;
}

/** Keeps the newest `keep` calls of one person; the server has the rest. */
export function forgetOldCalls(db: WritableDb, owner: string, keep: number): void {
  db.prepare<[string, string, number]>(
    'DELETE FROM calls WHERE owner = ? AND call_id NOT IN (SELECT call_id FROM calls WHERE owner = ? ORDER BY started_at DESC, call_id DESC LIMIT ?)',
  ).run(owner, owner, keep);
}

/** Whether anything of this name is kept here. */
export function hasCallsOf(db: ReadableDb, owner: string): boolean {
  return db.prepare<[string]>('SELECT 1 FROM calls WHERE owner = ? LIMIT 1').get(owner) !== undefined;
}

const rowOf = (owner: string, call: RecentCall): CallRow => ({
  owner,
  call_id: call.callId,
  direction: call.direction,
  remote_number: call.remoteNumber,
  remote_name: call.remoteName,
  queue_name: call.queueName,
  started_at: call.startedAt,
  answered_at: call.answeredAt,
  ended_at: call.endedAt,
  end_cause: call.endCause,
  has_recording: call.hasRecording ? 1 : 0,
  missed_cause: call.missedCause,
});

const callOf = (row: CallRow): RecentCall =>
  recentCall.parse({
    callId: row.call_id,
    direction: row.direction,
    remoteNumber: row.remote_number,
    remoteName: row.remote_name,
    queueName: row.queue_name,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    endCause: row.end_cause,
    hasRecording: row.has_recording === 1,
    missedCause: row.missed_cause,
  });

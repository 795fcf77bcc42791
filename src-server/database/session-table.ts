import type { ReadableDb, WritableDb } from './tables';

export type SessionEnd = 'signed-out' | 'signed-in-elsewhere' | 'revoked' | 'expired';

export interface StoredSession {
  readonly id: string;
  readonly personId: string;
  readonly machine: string;
  readonly startedAt: number;
  readonly expiresAt: number;
}

export async function insertSession(db: WritableDb, session: StoredSession): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      id: session.id,
      person_id: session.personId,
      machine: session.machine,
      started_at: session.startedAt,
      expires_at: session.expiresAt,
      ended_at: null,
      end_reason: null,
    })
    .execute();
}

export async function openSessions(db: ReadableDb): Promise<StoredSession[]> {
  const rows = await db.selectFrom('sessions').selectAll().where('ended_at', 'is', null).execute();
  return rows.map(row => ({
    id: row.id,
    personId: row.person_id,
    machine: row.machine,
    startedAt: row.started_at,
    expiresAt: row.expires_at,
  }));
}

/** Ends a session and forgets its refresh tokens, so that a stolen one finds nothing. */
export async function endSession(db: WritableDb, sessionId: string, at: number, reason: SessionEnd): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ ended_at: at, end_reason: reason })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .execute();
  await db.deleteFrom('refresh_tokens').where('session_id', '=', sessionId).execute();
}

export async function extendSession(db: WritableDb, sessionId: string, expiresAt: number): Promise<void> {
  await db.updateTable('sessions').set({ expires_at: expiresAt }).where('id', '=', sessionId).execute();
}

export async function insertRefreshToken(
  db: WritableDb,
  hash: string,
  sessionId: string,
  issuedAt: number,
): Promise<void> {
  await db
    .insertInto('refresh_tokens')
    .values({ hash, session_id: sessionId, issued_at: issuedAt, used_at: null })
    .execute();
}

/** Marks a refresh token as used. Two at the same time: exactly one gets `isFirstUse`. */
export async function redeemRefreshToken(
  db: WritableDb,
  hash: string,
  at: number,
): Promise<{ sessionId: string; isFirstUse: boolean } | null> {
  const row = await db.selectFrom('refresh_tokens').select(['session_id']).where('hash', '=', hash).executeTakeFirst();
  if (row === undefined) return null;
  const taken = await db
    .updateTable('refresh_tokens')
    .set({ used_at: at })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return { sessionId: row.session_id, isFirstUse: taken.numUpdatedRows === 1n };
}

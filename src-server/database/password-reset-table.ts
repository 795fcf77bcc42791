import type { WritableDb } from './tables';

/** A newer code takes the place of the former. */
export async function putPasswordReset(
  db: WritableDb,
  reset: { readonly personId: string; readonly codeHash: string; readonly expiresAt: number; readonly tries: number },
): Promise<void> {
  const row = { code_hash: reset.codeHash, expires_at: reset.expiresAt, tries_left: reset.tries };
  await db
    .insertInto('password_resets')
    .values({ person_id: reset.personId, ...row })
    .onConflict(conflict => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

/** Takes one try of the code that is good now. @returns its hash; null when there is none, or no try is left */
export async function tryPasswordReset(db: WritableDb, personId: string, now: number): Promise<string | null> {
  const row = await db
    .updateTable('password_resets')
    .set(update => ({ tries_left: update('tries_left', '-', 1) }))
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .where('tries_left', '>', 0)
    .returning('code_hash')
    .executeTakeFirst();
  return row?.code_hash ?? null;
}

/** Sets the password and uses up the code, both or neither. @returns false when the code was used or replaced meanwhile */
export async function redeemPasswordReset(
  db: WritableDb,
  personId: string,
  { codeHash, passwordHash }: { readonly codeHash: string; readonly passwordHash: string },
): Promise<boolean> {
  return db.transaction().execute(async transaction => {
    const used = await transaction
      .deleteFrom('password_resets')
      .where('person_id', '=', personId)
      .where('code_hash', '=', codeHash)
      .executeTakeFirst();
    if (used.numDeletedRows !== 1n) return false;
    await transaction.updateTable('people').set({ password_hash: passwordHash }).where('id', '=', personId).execute();
    return true;
  });
}

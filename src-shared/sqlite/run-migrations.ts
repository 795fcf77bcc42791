/** The part of better-sqlite3's Database that migrations need; types only, so that this folder stays pure. */
export interface MigratableDatabase {
  exec(sql: string): unknown;
  pragma(text: string, options?: { simple?: boolean }): unknown;
  transaction<T extends () => void>(run: T): () => void;
}

/** One change of the schema: numbered in tens, one purpose. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** The file was written by a newer program: it is not ours to touch. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * The steps that a database of this version has not had yet, oldest first.
 * @throws NewerDatabaseError when its version is above the newest known step
 */
export function missingSteps<T extends Migration>(version: number, migrations: readonly T[]): T[] {
  const ordered = migrations.toSorted((a, b) => a.number - b.number);
  const newest = ordered.at(-1)?.number ?? 0;
  if (version > newest) throw new NewerDatabaseError(`database version ${version}, this program knows ${newest}`);
  return ordered.filter(step => step.number > version);
}

/**
 * Brings a database to the newest schema, each step in one transaction, the number kept in `user_version`.
 * @returns the numbers that were applied now
 * @throws NewerDatabaseError when the file's version is above the newest known step
 */
export function runMigrations(database: MigratableDatabase, migrations: readonly Migration[]): number[] {
  const missing = missingSteps(Number(database.pragma('user_version', { simple: true })), migrations);
  for (const step of missing)
    database.transaction(() => {
      database.exec(step.sql);
      database.pragma(`user_version = ${step.number}`);
    })();
  return missing.map(step => step.number);
}

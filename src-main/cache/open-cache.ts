import Database from 'better-sqlite3';
import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { NewerDatabaseError, runMigrations } from '../../src-shared/sqlite/run-migrations';
import type { ErrorCode } from '../../src-shared/errors/app-error';
import { reasonOf, type Logger } from '../base/logger';
import { cacheMigrations } from './migrations/index';

export type CacheDb = Database.Database;
/** What a function that only reads asks for. */
export type ReadableDb = Pick<CacheDb, 'prepare'>;
/** What a function that writes asks for. */
export type WritableDb = Pick<CacheDb, 'prepare' | 'transaction'>;

export interface OpenedCache {
  readonly db: CacheDb;
  /** Why the former file was set aside; null when it was good or there was none. */
  readonly wasReset: Extract<ErrorCode, 'cache/corrupt' | 'cache/from-newer-version'> | null;
}

/**
 * Opens the cache, or makes a new one beside a file that cannot be used. The old file is kept under another name, once per
 * reason: nothing is thrown away, and the disk does not fill with copies.
 */
export function openCache(file: string, log: Logger): OpenedCache {
  try {
    return { db: open(file), wasReset: null };
  } catch (error) {
    const isNewer = error instanceof NewerDatabaseError;
    if (!isNewer && !isCorruption(error)) throw error;
    log.warn(`cache set aside: ${reasonOf(error)}`);
    setAside(file, isNewer ? 'newer' : 'corrupt');
    return { db: open(file), wasReset: isNewer ? 'cache/from-newer-version' : 'cache/corrupt' };
  }
}

/** Half a second of reading. */
const alwaysReadBytes = 64 * 1024 * 1024;

/** A million calls take seconds to be read: that is done only when the former run did not close them itself. */
const isToBeRead = (file: string): boolean =>
  existsSync(file) && (existsSync(`${file}-wal`) || statSync(file).size <= alwaysReadBytes);

function open(file: string): CacheDb {
  const isRead = isToBeRead(file);
  const db = new Database(file);
  try {
    if (file !== ':memory:') chmodSync(file, 0o600);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    // What is removed may be what the policy hides from now on: it does not stay in free pages.
    db.pragma('secure_delete = ON');
    // Reads the b-trees' structure: a torn page is found now and not in the middle of a call.
    const health = isRead ? db.pragma('quick_check(1)', { simple: true }) : 'ok';
    if (health !== 'ok') throw new CorruptCacheError(String(health));
    runMigrations(db, cacheMigrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

class CorruptCacheError extends Error {
  override readonly name = 'CorruptCacheError';
}

const isCorruption = (error: unknown): boolean =>
  error instanceof CorruptCacheError ||
  (error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|ERROR|FORMAT|IOERR_SHORT_READ)/.test(error.code));

function setAside(file: string, why: 'newer' | 'corrupt'): void {
  for (const ending of ['', '-wal', '-shm']) {
    if (!existsSync(file + ending)) continue;
    if (ending === '') renameSync(file, `${file}.${why}`);
    else rmSync(file + ending);
  }
}

import Database from 'better-sqlite3';
import { chmodSync, existsSync, renameSync } from 'node:fs';
import { runMigrations } from '../../src-shared/sqlite/run-migrations';
import { reasonOf, type Logger } from '../base/logger';
import type { CacheDb } from './open-cache';
import { outboxMigrations } from './outbox-migrations/index';

/**
 * Opens what the server does not have yet. A file that cannot be used is never deleted and never written over: it is set aside whole,
 * under a name of its own, for somebody who can read it.
 */
export function openOutbox(file: string, log: Logger): CacheDb {
  try {
    return open(file);
  } catch (error) {
    if (file === ':memory:' || !existsSync(file)) throw error;
    log.error(`outbox set aside: ${reasonOf(error)}`);
    const stamp = new Date().toISOString().replace(/\D/g, '');
    for (const ending of ['', '-wal', '-shm'])
      if (existsSync(file + ending)) renameSync(file + ending, `${file}.unreadable-${stamp}${ending}`);
    return open(file);
  }
}

function open(file: string): CacheDb {
  const db = new Database(file);
  try {
    if (file !== ':memory:') chmodSync(file, 0o600);
    db.pragma('journal_mode = WAL');
    // What is said to be saved survives a loss of power.
    db.pragma('synchronous = FULL');
    // What is removed may be what the policy hides from now on.
    db.pragma('secure_delete = ON');
    runMigrations(db, outboxMigrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

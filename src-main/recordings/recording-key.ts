import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { reasonOf, type Logger } from '../base/logger';

/** The operating system's key ring; in the app `os/key-ring.ts`. */
export interface KeyRing {
  /** False where it would hide nothing, as with Chromium's `basic_text`. */
  isAvailable(): boolean;
  wrap(secret: string): Buffer;
  /** @throws Error when it was wrapped by another key ring */
  unwrap(wrapped: Buffer): string;
}

export interface RecordingKey {
  /** null: there is nothing to keep a key in, so nothing may be written. */
  readonly key: Buffer | null;
  /** What was sealed before can be opened. */
  readonly isOld: boolean;
}

/**
 * The key of the recordings on this computer: random, and on disk only as the key ring wrapped it. Where the key ring is gone or
 * another, the old key is forgotten and with it what it sealed; all of it is on the server.
 */
export function recordingKey(file: string, ring: KeyRing, log: Logger): RecordingKey {
  if (!ring.isAvailable()) {
    log.warn('no key ring: recordings are not kept on this computer');
    rmSync(file, { force: true });
    return { key: null, isOld: false };
  }
  const old = existsSync(file) ? unwrapped(file, ring, log) : null;
  if (old !== null) return { key: old, isOld: true };
  const key = randomBytes(32);
  writeFileSync(file, ring.wrap(key.toString('base64')), { mode: 0o600 });
  return { key, isOld: false };
}

function unwrapped(file: string, ring: KeyRing, log: Logger): Buffer | null {
  try {
    const key = Buffer.from(ring.unwrap(readFileSync(file)), 'base64');
    if (key.length === 32) return key;
    log.warn('the key of the recordings is none: they are fetched anew');
  } catch (error) {
    log.warn(`another key ring, recordings are fetched anew: ${reasonOf(error)}`);
  }
  return null;
}

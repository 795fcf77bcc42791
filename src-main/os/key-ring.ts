import { safeStorage } from 'electron';

/** The system's key ring. On Linux Chromium falls back to a password everybody knows: that is none. */
export const keyRing = {
  isAvailable: (): boolean =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())),
  wrap: (secret: string): Buffer => safeStorage.encryptString(secret),
  unwrap: (wrapped: Buffer): string => safeStorage.decryptString(wrapped),
};

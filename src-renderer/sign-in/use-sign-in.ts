import { useRef, useState } from 'react';
import type { ErrorCode } from '../../src-shared/errors/app-error';
import { ask } from '../bridge/ask';
import { failureFrom, type ShownFailure } from '../bridge/failure-from';
import { useSettingsStore } from '../stores/settings-store';
import { useServerProbe, type ServerProbe } from './use-server-probe';

export interface SignInEntry {
  readonly serverUrl: string;
  readonly identifier: string;
  readonly password: string;
  readonly rememberIdentifier: boolean;
}
export type MissingField = 'server' | 'identifier' | 'password';

export interface SignInForm {
  readonly entry: SignInEntry;
  readonly change: (part: Partial<SignInEntry>) => void;
  readonly probe: ServerProbe;
  readonly probeNow: () => void;
  readonly missing: MissingField | null;
  readonly failure: ShownFailure | null;
  readonly isSending: boolean;
  /** With the password typed here, or with one that was just set. */
  readonly submit: (password?: string) => Promise<void>;
  readonly trust: (fingerprint: string) => Promise<void>;
  readonly forgetFailure: () => void;
}

const serverCodes: readonly ErrorCode[] = [
  'server/unreachable',
  'server/not-ours',
  'server/bad-address',
  'server/too-old',
  'server/certificate-unknown',
];
/** Whether a failure is about the address and not about the person. */
export const isAboutServer = (failure: ShownFailure): boolean => serverCodes.includes(failure.code);

const missingField = (entry: SignInEntry): MissingField | null => {
  if (entry.serverUrl.trim() === '') return 'server';
  if (entry.identifier.trim() === '') return 'identifier';
  return entry.password === '' ? 'password' : null;
};

/** The form and its way to a session: the server must be ours before the password leaves. */
export function useSignIn(): SignInForm {
  const settings = useSettingsStore(state => state.settings);
  const [entry, setEntry] = useState<SignInEntry>(() => ({
    serverUrl: settings.serverUrl,
    identifier: settings.rememberedIdentifier,
    password: '',
    rememberIdentifier: settings.rememberedIdentifier !== '',
  }));
  const { probe, check, forget } = useServerProbe(entry.serverUrl.trim());
  const [missing, setMissing] = useState<MissingField | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const [isSending, setIsSending] = useState(false);
  const isBusy = useRef(false);

  const attempt = async (before?: () => Promise<void>, password = entry.password): Promise<void> => {
    const gap = missingField({ ...entry, password });
    setMissing(gap);
    setFailure(null);
    if (isBusy.current) return;
    isBusy.current = true;
    setIsSending(gap === null);
    try {
      await before?.();
      if (gap !== null && entry.serverUrl.trim() === '') return;
      const isOurs = await check();
      if (isOurs && gap === null)
        await ask('session.sign-in', {
          ...entry,
          serverUrl: entry.serverUrl.trim(),
          identifier: entry.identifier.trim(),
          password,
        });
    } catch (error) {
      setFailure(failureFrom(error));
    } finally {
      isBusy.current = false;
      setIsSending(false);
    }
  };
  return {
    entry,
    change: part => {
      setEntry(before => ({ ...before, ...part }));
      setMissing(null);
      if (part.serverUrl !== undefined) forget();
    },
    probe,
    probeNow: () => void (entry.serverUrl.trim() !== '' && probe.state === 'unknown' && check()),
    missing,
    failure,
    isSending,
    submit: password => attempt(undefined, password),
    trust: fingerprint =>
      attempt(() => ask('server.trust-certificate', { serverUrl: entry.serverUrl.trim(), fingerprint })),
    forgetFailure: () => {
      setFailure(null);
      forget();
    },
  };
}

import { useState } from 'react';
import { shortestPassword } from '../../src-shared/sign-in/password-rules';
import { ask } from '../bridge/ask';
import { failureFrom, type ShownFailure } from '../bridge/failure-from';
import type { SignInForm } from './use-sign-in';

export interface NewPassword {
  readonly code: string;
  readonly setCode: (code: string) => void;
  readonly password: string;
  readonly setPassword: (password: string) => void;
  /** A code was asked for; whether there is such an account nobody says. */
  readonly isSent: boolean;
  readonly canSend: boolean;
  readonly canSet: boolean;
  readonly isAsking: boolean;
  readonly failure: ShownFailure | null;
  readonly send: () => Promise<void>;
  readonly set: () => Promise<void>;
}

/** The way to a new password; whoever has set it is signed in with it. */
export function useNewPassword(form: SignInForm, onSet: () => void): NewPassword {
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [isSent, setIsSent] = useState(false);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const account = { serverUrl: form.entry.serverUrl.trim(), identifier: form.entry.identifier.trim() };
  const during = async (run: () => Promise<void>): Promise<void> => {
    setFailure(null);
    setIsAsking(true);
    try {
      await run();
    } catch (error) {
      setFailure(failureFrom(error));
    } finally {
      setIsAsking(false);
    }
  };
  const canSend = account.identifier !== '';
  return {
    code,
    setCode,
    password,
    setPassword,
    isSent,
    canSend,
    canSet: canSend && code.trim() !== '' && password.length >= shortestPassword,
    isAsking,
    failure,
    send: () => during(() => ask('password.ask', account).then(() => setIsSent(true))),
    set: () =>
      during(async () => {
        await ask('password.reset', { ...account, code, password });
        onSet();
        await form.submit(password);
      }),
  };
}

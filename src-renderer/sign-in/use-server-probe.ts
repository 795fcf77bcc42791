import { useCallback, useEffect, useRef, useState } from 'react';
import type { ServerInfo } from '../../src-shared/server-api/rest-routes';
import { ask } from '../bridge/ask';
import { failureFrom, type ShownFailure } from '../bridge/failure-from';

export type ServerProbe =
  | { readonly state: 'unknown' }
  | { readonly state: 'checking' }
  | { readonly state: 'ours'; readonly info: ServerInfo }
  | { readonly state: 'failed'; readonly failure: ShownFailure };

interface ProbedServer {
  readonly probe: ServerProbe;
  /** @returns whether the server is ours */
  readonly check: () => Promise<boolean>;
  /** The address changed: what was known is void. */
  readonly forget: () => void;
}

/** Asks who answers at an address: at once for the remembered one, later when the person leaves the field. The latest question wins. */
export function useServerProbe(serverUrl: string): ProbedServer {
  const [probe, setProbe] = useState<ServerProbe>({ state: 'unknown' });
  const question = useRef(0);
  const check = useCallback(async (): Promise<boolean> => {
    question.current += 1;
    const mine = question.current;
    const settle = (settled: ServerProbe): void => {
      if (mine === question.current) setProbe(settled);
    };
    settle({ state: 'checking' });
    try {
      settle({ state: 'ours', info: await ask('server.probe', { serverUrl }) });
      return mine === question.current;
    } catch (error) {
      settle({ state: 'failed', failure: failureFrom(error) });
      return false;
    }
  }, [serverUrl]);
  const forget = useCallback(() => {
    question.current += 1;
    setProbe({ state: 'unknown' });
  }, []);
  const remembered = useRef({ serverUrl, check });
  useEffect(() => {
    if (remembered.current.serverUrl !== '') void remembered.current.check();
  }, []);
  return { probe, check, forget };
}

import { useCallback, useEffect, useState } from 'react';
import { ask } from '../bridge/ask';
import { failureFrom, type ShownFailure } from '../bridge/failure-from';
import { hear } from '../bridge/hear';
import { createNoticeApplier } from '../stores/apply-notice';

export type Snapshot =
  | { readonly state: 'asked' }
  | { readonly state: 'applied' }
  | { readonly state: 'failed'; readonly failure: ShownFailure; readonly retry: () => void };

const applyNotice = createNoticeApplier();

/** Listens first and asks second, so that nothing falls between; revisions sort out what comes twice. */
export function useSnapshot(): Snapshot {
  const [snapshot, setSnapshot] = useState<Snapshot>({ state: 'asked' });
  const load = useCallback(async () => {
    setSnapshot({ state: 'asked' });
    try {
      for (const notice of await ask('app.snapshot', {})) applyNotice(notice);
      setSnapshot({ state: 'applied' });
    } catch (error) {
      setSnapshot({ state: 'failed', failure: failureFrom(error), retry: () => void load() });
    }
  }, []);
  useEffect(() => {
    const stop = hear(applyNotice);
    void load();
    return stop;
  }, [load]);
  return snapshot;
}

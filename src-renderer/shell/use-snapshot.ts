import { useEffect, useState } from 'react';
import type { AgentNotice } from '../../src-shared/ipc/agent-notices';
import { ask } from '../bridge/ask';
import { failureFrom, type ShownFailure } from '../bridge/failure-from';
import { hear } from '../bridge/hear';
import { createNoticeApplier } from '../stores/apply-notice';

export type Snapshot =
  | { readonly state: 'asked' }
  | { readonly state: 'applied' }
  | { readonly state: 'failed'; readonly failure: ShownFailure; readonly retry: () => void };

/** As long as nothing is shown for "loading" anyway. */
const patienceMs = 300;
const applyNotice = createNoticeApplier();
let first: Promise<readonly AgentNotice[]> | null = null;
let isApplied = false;

/**
 * Listens first and asks second, so that nothing falls between; revisions sort out what comes twice. Called before the first picture,
 * which then shows the state of things at once and not a waiting screen first.
 */
export async function beginSnapshot(): Promise<void> {
  hear(applyNotice); // for as long as the page lives
  first = ask('app.snapshot', {});
  const patience = new Promise<void>(resolve => setTimeout(resolve, patienceMs));
  // A failure is told by `useSnapshot`, which waits for the same answer.
  await Promise.race([first.then(apply, () => undefined), patience]);
}

function apply(notices: readonly AgentNotice[]): void {
  if (!isApplied) notices.forEach(applyNotice);
  isApplied = true;
}

/** How far the snapshot is. */
export function useSnapshot(): Snapshot {
  const [snapshot, setSnapshot] = useState<Snapshot>(() => ({ state: isApplied ? 'applied' : 'asked' }));
  useEffect(() => {
    if (!isApplied) void follow(first ?? ask('app.snapshot', {}), setSnapshot);
  }, []);
  return snapshot;
}

async function follow(asked: Promise<readonly AgentNotice[]>, show: (snapshot: Snapshot) => void): Promise<void> {
  show({ state: 'asked' });
  try {
    apply(await asked);
    show({ state: 'applied' });
  } catch (error) {
    const retry = (): void => void follow(ask('app.snapshot', {}), show);
    show({ state: 'failed', failure: failureFrom(error), retry });
  }
}

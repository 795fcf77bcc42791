import { create } from 'zustand';
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
/** Outside of what is drawn: the answer may come between the first picture and the effects that follow it. */
const useSnapshotStore = create<Snapshot>(() => ({ state: 'asked' }));

/** How far the snapshot is. */
export const useSnapshot = (): Snapshot => useSnapshotStore();

/**
 * Listens first and asks second, so that nothing falls between; revisions sort out what comes twice. Called before the first picture,
 * which then shows the state of things at once and not a waiting screen first.
 */
export async function beginSnapshot(): Promise<void> {
  hear(applyNotice); // for as long as the page lives
  const patience = new Promise<void>(resolve => setTimeout(resolve, patienceMs));
  await Promise.race([fetchSnapshot(), patience]);
}

async function fetchSnapshot(): Promise<void> {
  const show = (snapshot: Snapshot): void => useSnapshotStore.setState(snapshot, true);
  show({ state: 'asked' });
  try {
    (await ask('app.snapshot', {})).forEach(applyNotice);
    show({ state: 'applied' });
  } catch (error) {
    show({ state: 'failed', failure: failureFrom(error), retry: () => void fetchSnapshot() });
  }
}

import { create } from 'zustand';
import type { Toast } from '../../src-shared/ipc/agent-notices';
import type { ShownFailure } from '../bridge/failure-from';

/** Messages on screen, oldest first. At most three: the newest push the oldest out. */
export const useToastStore = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

const mostShown = 3;
let failuresShown = 0;

/** Puts a message on screen; one that says the same replaces the older, so that a held key does not fill the corner. */
export function showToast(toast: Toast): void {
  const text = JSON.stringify([toast.text, toast.params]);
  useToastStore.setState(({ toasts }) => ({
    toasts: [...toasts.filter(shown => JSON.stringify([shown.text, shown.params]) !== text), toast].slice(-mostShown),
  }));
}

/** A failure that no form can show. */
export function showFailure(failure: ShownFailure): void {
  failuresShown += 1;
  showToast({
    id: `failure-${failuresShown}`,
    kind: 'error',
    text: { error: failure.code },
    params: { ...failure.params },
  });
}

export function dismissToast(id: string): void {
  useToastStore.setState(({ toasts }) => ({ toasts: toasts.filter(toast => toast.id !== id) }));
}

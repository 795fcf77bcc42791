import { useMemo } from 'react';
import type { Call } from '../../src-shared/call/call';
import { allowedActions, type CallAction } from '../../src-shared/call/call-permissions';
import { askAndTell } from '../bridge/ask-and-tell';
import { dismissToast, showFailure, useToastStore } from '../stores/toast-store';
import { failureFrom } from '../bridge/failure-from';
import { ask } from '../bridge/ask';

/** What may be done with a call, and the orders for it. The same for buttons and keys. */
export interface CallOrders {
  readonly may: ReadonlySet<CallAction>;
  readonly answer: () => void;
  readonly decline: () => void;
  readonly hangUp: () => void;
  readonly toggleHold: () => void;
  readonly toggleMute: () => void;
  readonly dismiss: () => void;
}

/** Orders for one call; main answers with a notice, so nothing is changed here. */
export function callOrders(call: Call): CallOrders {
  const callId = call.id;
  const may = allowedActions(call);
  const order = (
    name: 'call.answer' | 'call.decline' | 'call.hang-up' | 'call.hold' | 'call.resume' | 'call.dismiss',
  ): void => void askAndTell(name, { callId });
  return {
    may,
    answer: () => void answer(callId),
    decline: () => order('call.decline'),
    hangUp: () => order('call.hang-up'),
    toggleHold: () => order(may.has('resume') ? 'call.resume' : 'call.hold'),
    toggleMute: () => void askAndTell('call.mute', { callId, isMuted: !call.isMuted }),
    dismiss: () => order('call.dismiss'),
  };
}

/** The caller may give up in the instant the agent answers: the card already says so, a second message would only worry. */
async function answer(callId: string): Promise<void> {
  try {
    await ask('call.answer', { callId });
  } catch (error) {
    const failure = failureFrom(error);
    if (failure.code !== 'call/unknown' && failure.code !== 'call/not-allowed') showFailure(failure);
  }
}

/** Dials; earlier failures leave the screen first. @returns whether the call is under way */
export async function dial(target: string): Promise<boolean> {
  for (const toast of useToastStore.getState().toasts) if (toast.kind === 'error') dismissToast(toast.id);
  return askAndTell('call.dial', { target });
}

export function useCallActions(call: Call): CallOrders {
  return useMemo(() => callOrders(call), [call]);
}

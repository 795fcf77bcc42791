import type { Call } from './call';
import { allowedActions, type CallAction } from './call-permissions';
import { selectDockCalls } from './select-calls';

/** Orders that name no call: given by a key, in the palette or while another program has the keyboard. */
export type SpokenOrder = 'answer' | 'hang-up' | 'mute' | 'hold';
export interface MeantCall {
  readonly call: Call;
  readonly action: Extract<CallAction, 'answer' | 'decline' | 'hang-up' | 'mute' | 'hold' | 'resume'>;
}

/** Which call such an order is about and what it does to it now; null when there is nothing to do. */
export function meantCall(calls: readonly Call[], order: SpokenOrder): MeantCall | null {
  const { main, incoming } = selectDockCalls(calls);
  const may = main === null ? null : allowedActions(main);
  switch (order) {
    case 'answer':
      return incomingIfMay(incoming, 'answer');
    case 'hang-up':
      // The call one is talking in comes first: a second caller is never hung up by mistake.
      if (main !== null) return may?.has('hang-up') === true ? { call: main, action: 'hang-up' } : null;
      return incomingIfMay(incoming, 'decline');
    case 'mute':
      return main !== null && may?.has('mute') === true ? { call: main, action: 'mute' } : null;
    case 'hold':
      if (main === null) return null;
      if (may?.has('resume') === true) return { call: main, action: 'resume' };
      return may?.has('hold') === true ? { call: main, action: 'hold' } : null;
  }
}

/** One that rings at a desk phone is answered and declined there. */
const incomingIfMay = (incoming: Call | null, action: 'answer' | 'decline'): MeantCall | null =>
  incoming !== null && allowedActions(incoming).has(action) ? { call: incoming, action } : null;

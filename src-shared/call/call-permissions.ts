import type { Call } from './call';

export type CallAction = 'answer' | 'decline' | 'hang-up' | 'hold' | 'resume' | 'mute' | 'dtmf';

/** What the agent may do with this call now. Said once, used by the button and by `call-actions.ts`. A call at a desk phone is handled there (S191). */
export function allowedActions(call: Call): ReadonlySet<CallAction> {
  if (call.device === 'desk-phone') return new Set();
  switch (call.state) {
    case 'ringing':
      return new Set(call.direction === 'inbound' ? ['answer', 'decline'] : ['hang-up']);
    case 'dialing':
    case 'connecting':
      return new Set(['hang-up']);
    case 'early-media':
      return new Set(['hang-up', 'mute', 'dtmf']);
    case 'active':
      return new Set(['hang-up', 'hold', 'mute', 'dtmf']);
    case 'held':
      return new Set(
        call.heldBy.includes('agent') ? ['hang-up', 'resume', 'mute'] : ['hang-up', 'hold', 'mute', 'dtmf'],
      );
    case 'ending':
    case 'ended':
      return new Set();
  }
}

import type { Call } from './call';

export type CallAction =
  | 'answer'
  | 'decline'
  | 'send-on'
  | 'hang-up'
  | 'hold'
  | 'resume'
  | 'mute'
  | 'dtmf'
  | 'consult'
  | 'transfer';

/** More than two hear each other: the centre transfers nobody out of a room, and one of them alone cannot be put on hold. */
export const isConference = (call: Call): boolean => call.parties.length > 1;

const sending: readonly CallAction[] = ['transfer'];

/** What the phone itself holds can be taken back there only. */
function holdingAtDesk(call: Call): readonly CallAction[] {
  if (isConference(call)) return [];
  if (!call.heldBy.includes('agent')) return ['hold'];
  return call.heldBy.includes('phone') ? [] : ['resume'];
}

/** What the centre does for a phone on the desk. Answer and decline (S191), mute and keys are that phone's own. */
function allowedAtDesk(call: Call): ReadonlySet<CallAction> {
  switch (call.state) {
    case 'ringing':
      // Whom a queue offers goes to the next by itself.
      if (call.direction === 'inbound') return new Set(call.queueName === null ? ['send-on'] : []);
      return new Set(['hang-up']);
    case 'dialing':
      return new Set(['hang-up']);
    case 'active':
    case 'held':
      return new Set(['hang-up', ...holdingAtDesk(call), 'consult', ...(isConference(call) ? [] : sending)]);
    default:
      return new Set();
  }
}

/** What the agent may do with this call now. Said once, used by the button and by `call-actions.ts`. */
export function allowedActions(call: Call): ReadonlySet<CallAction> {
  if (call.device === 'desk-phone') return allowedAtDesk(call);
  switch (call.state) {
    case 'ringing':
      return new Set(call.direction === 'inbound' ? ['answer', 'decline', 'send-on'] : ['hang-up']);
    case 'dialing':
    case 'connecting':
      return new Set(['hang-up']);
    case 'early-media':
      return new Set(['hang-up', 'mute', 'dtmf']);
    case 'active':
      return new Set(['hang-up', 'hold', 'mute', 'dtmf', 'consult', ...(isConference(call) ? [] : sending)]);
    case 'held':
      return new Set(
        call.heldBy.includes('agent')
          ? ['hang-up', 'resume', 'mute', 'consult', ...(isConference(call) ? [] : sending)]
          : ['hang-up', 'hold', 'mute', 'dtmf', 'consult', ...(isConference(call) ? [] : sending)],
      );
    case 'ending':
    case 'ended':
      return new Set();
  }
}

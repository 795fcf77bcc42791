import type { Call } from '../../../src-shared/call/call';
import type { EndCause } from '../../../src-shared/call/end-cause';

/** Text key of the word for a call's state. */
export function stateKey(
  call: Call,
): `call.${'held-by-agent' | 'held-by-remote' | 'held-by-both' | 'ringing-in' | Call['state']}` {
  if (call.state === 'held') {
    if (!call.heldBy.includes('remote')) return 'call.held-by-agent';
    return call.heldBy.includes('agent') ? 'call.held-by-both' : 'call.held-by-remote';
  }
  return call.state === 'ringing' && call.direction === 'inbound' ? 'call.ringing-in' : `call.${call.state}`;
}

/** Tone of the word; the colours are tokens. */
export function stateTone(call: Call): 'talking' | 'held' | 'waiting' | 'over' {
  switch (call.state) {
    case 'active':
      return 'talking';
    case 'held':
      return 'held';
    case 'ending':
    case 'ended':
      return 'over';
    default:
      return 'waiting';
  }
}

const returnReasons = ['busy', 'no-answer', 'rejected', 'unreachable', 'not-found', 'forbidden'] as const;

/** Text key of why a transfer came back. */
export function returnedKey(outcome: EndCause): `returned.${(typeof returnReasons)[number] | 'failed'}` {
  return `returned.${returnReasons.find(each => each === outcome) ?? 'failed'}`;
}

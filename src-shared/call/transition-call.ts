import type { Call } from './call';
import type { CallEvent } from './call-event';
import type { CallState } from './call-state';

const leaving = { 'hangup-requested': 'ending', ended: 'ended' } as const;

/** The whole table; drawn in `call-state.ts`. What is not here is late, doubled or impossible. */
export const callMoves: Record<CallState, Partial<Record<CallEvent['type'], CallState>>> = {
  dialing: {
    'remote-ringing': 'ringing',
    'early-media-started': 'early-media',
    'remote-answered': 'connecting',
    ...leaving,
  },
  ringing: {
    'early-media-started': 'early-media',
    'answer-requested': 'connecting',
    'remote-answered': 'connecting',
    ...leaving,
  },
  'early-media': { 'remote-answered': 'connecting', ...leaving },
  connecting: { 'media-confirmed': 'active', 'answer-failed': 'ringing', ...leaving },
  active: { held: 'held', ...leaving },
  held: { held: 'held', resumed: 'active', ...leaving },
  ending: { ended: 'ended' },
  ended: {},
};

/**
 * Applies one fact to one call. Pure.
 * @param at when it happened, milliseconds since the epoch
 * @returns `accepted: false` when the fact is late, doubled or impossible: the caller logs it, nothing changes
 */
export function transitionCall(call: Call, event: CallEvent, at: number): { call: Call; accepted: boolean } {
  const next = callMoves[call.state][event.type];
  if (next === undefined) return { call, accepted: false };
  switch (event.type) {
    case 'ended':
      return {
        call: {
          ...call,
          state: 'ended',
          heldBy: [],
          pendingAction: null,
          endedAt: at,
          endCause: event.cause,
          sipCode: event.sipCode,
        },
        accepted: true,
      };
    case 'held':
    case 'resumed': {
      const others = call.heldBy.filter(by => by !== event.by);
      const heldBy = event.type === 'held' ? [...others, event.by] : others;
      return { call: { ...call, heldBy, state: heldBy.length > 0 ? 'held' : 'active' }, accepted: true };
    }
    case 'media-confirmed':
      return { call: { ...call, state: next, answeredAt: call.answeredAt ?? at }, accepted: true };
    default:
      return { call: { ...call, state: next }, accepted: true };
  }
}

import type { AgentEvent, AgentState, AgentStatus } from './agent-state';

/**
 * The whole table; drawn in `agent-state.ts`. Three entries depend on data and are decided below:
 * `offer-ended` goes back to where the offer found the agent, both ends may owe wrap-up or not, and a planned break wins.
 */
export const agentMoves: Record<AgentState, Partial<Record<AgentEvent['type'], AgentState>>> = {
  'signed-out': { 'signed-in': 'on-break' },
  'on-break': {
    'signed-out': 'signed-out',
    'became-available': 'available',
    'break-started': 'on-break',
    'call-offered': 'reserved',
    'call-connected': 'on-call',
  },
  available: {
    'signed-out': 'signed-out',
    'break-started': 'on-break',
    'call-offered': 'reserved',
    'call-connected': 'on-call',
  },
  reserved: {
    'signed-out': 'signed-out',
    'break-planned': 'reserved',
    'offer-ended': 'available',
    'call-connected': 'on-call',
  },
  'on-call': { 'signed-out': 'signed-out', 'break-planned': 'on-call', 'call-ended': 'wrap-up' },
  'wrap-up': {
    'signed-out': 'signed-out',
    'break-planned': 'wrap-up',
    'call-offered': 'reserved',
    'call-connected': 'on-call',
    'wrap-up-done': 'available',
  },
};

/** Reason that stands when nobody gave one: the state right after sign-in. */
export const signInBreakReason = 'sign-in';

/** Applies one event to one person's availability. Pure. `accepted: false`: nothing changes. */
export function transitionAgent(
  status: AgentStatus,
  event: AgentEvent,
  at: number,
): { status: AgentStatus; accepted: boolean } {
  const next = agentMoves[status.state][event.type];
  if (next === undefined) return { status, accepted: false };
  const enter = (
    state: AgentState,
    reason: string | null = null,
    nextBreak = status.nextBreak,
  ): { status: AgentStatus; accepted: boolean } => ({
    status: {
      ...status,
      state,
      reason,
      since: state === status.state && reason === status.reason ? status.since : at,
      nextBreak,
    },
    accepted: true,
  });
  /** The work in hand is over: a planned break is taken, otherwise `available`. */
  const free = (): { status: AgentStatus; accepted: boolean } =>
    status.nextBreak === null ? enter('available') : enter('on-break', status.nextBreak, null);
  switch (event.type) {
    case 'signed-in':
      return enter('on-break', signInBreakReason, null);
    case 'signed-out':
      return enter('signed-out', null, null);
    case 'break-started':
      return enter('on-break', event.reason, null);
    case 'break-planned':
      return { status: { ...status, nextBreak: event.reason }, accepted: true };
    case 'call-offered':
    case 'call-connected':
      // A direct call may reach somebody on break: afterwards the break goes on.
      return enter(next, null, status.state === 'on-break' ? status.reason : status.nextBreak);
    case 'offer-ended':
    case 'call-ended':
      return event.needsWrapUp ? enter('wrap-up') : free();
    case 'wrap-up-done':
      return free();
    default:
      return enter(next);
  }
}

import type { Call } from './call';

/** Who stands where in the dock. At most two calls live at a time. */
export interface DockCalls {
  /** The call that has the panel: the one that is heard, or on its way to be. */
  readonly main: Call | null;
  /** An inbound call nobody answered yet; quiet while `main` is there. */
  readonly incoming: Call | null;
  /** A second call of one's own, usually on hold. */
  readonly other: Call | null;
  /** The last call that ended, while nothing else needs the place. */
  readonly ended: Call | null;
}

const isIncoming = (call: Call): boolean => call.direction === 'inbound' && call.state === 'ringing';
/** A held or ending call gives way to one that is heard; among equals the newer has the panel. */
const weight = (call: Call): number => {
  if (call.state === 'ending' || call.pendingAction === 'send-on') return 0;
  return call.state === 'held' ? 1 : 2;
};

/** Places the calls. Pure. */
export function selectDockCalls(calls: readonly Call[]): DockCalls {
  const live = calls.filter(call => call.state !== 'ended');
  const own = live
    .filter(call => !isIncoming(call))
    .toSorted((a, b) => weight(b) - weight(a) || b.startedAt - a.startedAt);
  const incoming = live.filter(isIncoming).toSorted((a, b) => a.startedAt - b.startedAt)[0] ?? null;
  const over = calls.filter(call => call.state === 'ended').toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const main = own[0] ?? null;
  return {
    main,
    incoming,
    other: own[1] ?? null,
    ended: main === null && incoming === null ? (over[0] ?? null) : null,
  };
}

/** Whether anything goes on that signing out would cut. */
export const hasLiveCall = (calls: readonly Call[]): boolean =>
  calls.some(call => call.device === 'app' && call.state !== 'ended');

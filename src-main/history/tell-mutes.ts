import type { Call } from '../../src-shared/call/call';
import type { Clock } from '../../src-shared/base/clock';
import type { RouteInput } from '../../src-shared/server-api/rest-routes';
import type { Announcer } from '../base/announcer';

export interface TellMutesNeeds {
  readonly changes: Announcer<readonly Call[]>;
  readonly tell: (mute: RouteInput<'calls.phone-mute'>) => Promise<unknown>;
  readonly clock: Clock;
  /** How far the server's clock is ahead. */
  readonly aheadMs: () => number;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Tells the centre when the microphone was off in a call: the story of its recording shows it. Told once; a mute that the centre did not
 * hear of is missing there and nowhere else.
 */
export function tellMutes({ changes, tell, clock, aheadMs, onFailure }: TellMutesNeeds): void {
  const told = new Map<string, boolean>();
  changes.hear(calls => {
    for (const id of told.keys()) if (!calls.some(call => call.id === id)) told.delete(id);
    for (const call of calls) {
      if (!isHeard(call) || (told.get(call.id) ?? false) === call.isMuted) continue;
      told.set(call.id, call.isMuted);
      const at = Math.round(clock.now() + aheadMs());
      tell({ callId: call.centralCallId, isMuted: call.isMuted, at }).catch(onFailure);
    }
  });
}

/** Without an id of the centre it is the call that is talked in. */
const isHeard = ({ device, state, centralCallId }: Call): boolean =>
  device === 'app' && (state === 'active' || (state === 'held' && centralCallId !== null));

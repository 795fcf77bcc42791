import type { Clock } from '../../src-shared/base/clock';
import type { Call } from '../../src-shared/call/call';
import type { RecentCall } from '../../src-shared/call/recent-call';
import type { LineState } from '../../src-shared/line/line-state';
import { reasonOf, type Logger } from '../base/logger';
import type { Announcer } from '../base/announcer';
import type { CallDesk } from './call-desk';
import type { PhoneEngine } from './phone-engine-port';

export interface WithdrawnRingingNeeds {
  readonly desk: CallDesk;
  readonly line: { readonly changes: Announcer<LineState> };
  /** What the centre wrote down of this person's calls, newest first. */
  readonly journal: { readonly changes: Announcer<readonly RecentCall[]>; refresh(): Promise<void> };
  readonly engine: PhoneEngine;
  readonly clock: Clock;
  /** How far the server's clock is ahead. */
  readonly aheadMs: () => number;
  readonly log: Logger;
}

/** Clocks are compared by messages that take their time. */
const clockDoubtMs = 2_000;

const rings = (call: Call): boolean => call.direction === 'inbound' && call.state === 'ringing';

/**
 * While the line is gone the centre may take back what rings here, and its word does not come: with some telephone systems not even when the
 * line is back. So what rang when the line went is ended once the centre has written down that it rings here no more.
 */
export function endWithdrawnRinging(needs: WithdrawnRingingNeeds): void {
  const { desk, line, journal, engine, clock, aheadMs, log } = needs;
  /** Calls that rang when the line went, and when that was by the server's clock. */
  const doubtful = new Map<string, number>();

  line.changes.hear(({ state }) => {
    if (state !== 'registered') {
      for (const call of desk.liveHere().filter(rings))
        if (!doubtful.has(call.id)) doubtful.set(call.id, clock.now() + aheadMs());
    } else if (doubtful.size > 0)
      journal.refresh().catch((error: unknown) => log.warn(`what rings is not compared: ${reasonOf(error)}`));
  });

  journal.changes.hear(written => {
    for (const [callId, goneAt] of doubtful) {
      const call = desk.find(callId);
      if (call === undefined || !rings(call)) {
        doubtful.delete(callId);
        continue;
      }
      const own = written.find(each => each.callId === call.centralCallId);
      if (own === undefined || own.endedAt === null || own.endedAt < goneAt - clockDoubtMs) continue;
      doubtful.delete(callId);
      log.info(`call ${callId} was taken back while the line was gone`);
      desk.apply(callId, { type: 'ended', cause: 'line-lost', sipCode: null }, clock.now());
      engine
        .order({ type: 'call.decline', callId, sipCode: 480 })
        .catch((error: unknown) => log.warn(`call ${callId} rings on in the engine: ${reasonOf(error)}`));
    }
  });
}

import { Announcer } from '../base/announcer';
import type { LiveConnection } from '../server-link/live-connection';

/** Less is the way of the message, not a wrong clock. */
const ofTheWayMs = 500;

/** How far the server's clock is ahead: times of the server are shown right on a desk whose clock is wrong. */
export class ServerClock {
  readonly changes = new Announcer<number>();
  #aheadMs = 0;

  constructor(live: Pick<LiveConnection, 'clockLeads'>) {
    live.clockLeads.hear(lead => {
      const aheadMs = Math.abs(lead) < ofTheWayMs ? 0 : lead;
      if (aheadMs === this.#aheadMs) return;
      this.#aheadMs = aheadMs;
      this.changes.announce(aheadMs);
    });
  }

  get aheadMs(): number {
    return this.#aheadMs;
  }
}

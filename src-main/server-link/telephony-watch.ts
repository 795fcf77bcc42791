import { Announcer } from '../base/announcer';
import type { LiveConnection } from './live-connection';

/** Whether the centre reaches its telephone system, as it told last. */
export class TelephonyWatch {
  readonly changes = new Announcer<boolean>();
  #isReachable = true;

  constructor(live: Pick<LiveConnection, 'events'>) {
    live.events.hear(event => {
      if (event.type === 'telephony.changed') this.#set(event.isReachable);
    });
  }

  get isReachable(): boolean {
    return this.#isReachable;
  }

  /** Nobody is signed in: nothing is known. */
  forget(): void {
    this.#set(true);
  }

  #set(isReachable: boolean): void {
    if (isReachable === this.#isReachable) return;
    this.#isReachable = isReachable;
    this.changes.announce(isReachable);
  }
}

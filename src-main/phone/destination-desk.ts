import type { Destination } from '../../src-shared/destinations/destination';
import { Announcer } from '../base/announcer';

/** Where calls can be sent, as the centre told it last; null until it has. */
export class DestinationDesk {
  readonly changes = new Announcer<readonly Destination[] | null>();
  #destinations: readonly Destination[] | null = null;

  get destinations(): readonly Destination[] | null {
    return this.#destinations;
  }

  told(destinations: readonly Destination[] | null): void {
    this.#destinations = destinations;
    this.changes.announce(destinations);
  }
}

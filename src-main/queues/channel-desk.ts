import type { Channels } from '../../src-shared/queues/channels';
import { Announcer } from '../base/announcer';

/** How many lines to the outside are in use, as the centre told it last; null for who is not told. */
export class ChannelDesk {
  readonly changes = new Announcer<Channels | null>();
  #channels: Channels | null = null;

  get channels(): Channels | null {
    return this.#channels;
  }

  told(channels: Channels | null): void {
    this.#channels = channels;
    this.changes.announce(channels);
  }
}

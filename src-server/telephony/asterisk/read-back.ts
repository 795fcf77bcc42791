import type { AmiConnection } from './ami/ami-connection';
import type { AmiMessage } from './ami/ami-message';
import type { CallTracker } from './calls/call-tracker';
import type { ChannelOrders } from './calls/channel-orders';
import type { HoldDesk } from './calls/hold-desk';
import { reconcile } from './calls/reconcile';
import type { LineDesk } from './lines/line-desk';
import type { QueueSync } from './queues/queue-sync';
import type { LeftRecordings } from './recording/left-recordings';

export interface ReadBackParts {
  readonly ami: Pick<AmiConnection, 'list'>;
  readonly lines: Pick<LineDesk, 'restore'>;
  readonly queues: Pick<QueueSync, 'syncAll'>;
  readonly channels: Pick<ChannelOrders, 'handOverIsOver'>;
  readonly left: Pick<LeftRecordings, 'pickUp' | 'onlyThese'>;
  readonly holds: Pick<HoldDesk, 'release'>;
  readonly calls: CallTracker;
  readonly hear: (event: AmiMessage) => void;
}

/**
 * What Asterisk did while nobody listened, at the start and after each gap: what was there before, what Asterisk says now, and then what
 * it said meanwhile.
 *
 *   away ──► reading ──► listening ──► away
 */
export class ReadBack {
  private hasRead = false;
  /** Events that arrive while the state is read wait until it is: they are newer. */
  private heldBack: AmiMessage[] | null = [];

  constructor(private readonly parts: ReadBackParts) {}

  get isListening(): boolean {
    return this.heldBack === null;
  }

  hear(event: AmiMessage): void {
    if (this.heldBack === null) this.parts.hear(event);
    else this.heldBack.push(event);
  }

  /** There is no connection. */
  away(): void {
    this.heldBack = [];
  }

  /** Resolves when everything is told that is known. */
  async read(): Promise<void> {
    const { ami, lines, queues, channels: orders, left, holds, calls } = this.parts;
    this.heldBack = [];
    await lines.restore();
    await queues.syncAll();
    const waiting = (await ami.list({ Action: 'QueueStatus' })).filter(each => each.get('Event') === 'QueueEntry');
    const channels = await ami.list({ Action: 'CoreShowChannels' });
    await Promise.all(channels.map(channel => orders.handOverIsOver(channel.get('Channel'))));
    if (this.hasRead) left.onlyThese(channels);
    else {
      await left.pickUp(channels);
      await holds.release(channels);
    }
    reconcile(calls, { channels, waiting }, !this.hasRead);
    this.hasRead = true;
    const held = this.heldBack;
    this.heldBack = null;
    for (const event of held) this.parts.hear(event);
  }
}

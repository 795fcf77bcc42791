import type { ServerLog } from '../../../server-log';
import type { CallTracker } from '../calls/call-tracker';
import type { TellFact } from '../calls/tracked-call';
import type { QueueSync } from './queue-sync';
import { Refusals } from './refusals';

interface PassOverParts {
  readonly queues: QueueSync;
  readonly calls: CallTracker;
  readonly log: ServerLog;
}

/** Who has not taken an offer, or is gone without Asterisk knowing it, is not offered the same caller again at once. */
export class PassOver {
  private readonly refusals = new Refusals();

  constructor(private readonly parts: PassOverParts) {}

  hear(fact: Parameters<TellFact>[0]): void {
    const isRefused = this.refusals.hear(fact);
    if (!isRefused || fact.type !== 'offer-ended') return;
    const queue = this.parts.calls.callOfLeg(fact.legId)?.waitsIn;
    if (queue != null) void this.done(fact.extension, this.parts.queues.passOver(queue, fact.extension));
  }

  inAllQueues(extension: string): Promise<void> {
    return this.done(extension, this.parts.queues.passOverEverywhere(extension));
  }

  private done(extension: string, work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) =>
      this.parts.log.warn(`asterisk: ${extension} not passed over: ${String(error)}`),
    );
  }
}

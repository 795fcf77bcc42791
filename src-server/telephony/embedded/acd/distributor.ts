import type { Clock } from '../../../../src-shared/base/clock';
import type { OfferEnd, QueueDefinition, TelephonyDirectory } from '../../telephony';
import type { CentralCall } from '../call/central-call';
import type { Leg } from '../call/leg';
import { Offer, type OfferContext } from '../call/offer';
import type { EventStream } from '../event-stream';
import type { Binding } from '../registrar/location';
import type { MemberTable } from './member-table';
import type { WaitingCaller } from './waiting-caller';

interface DistributorContext {
  readonly clock: Clock;
  readonly events: EventStream;
  readonly directory: TelephonyDirectory;
  readonly members: MemberTable;
  readonly offerContext: OfferContext;
  readonly passOverMs: number;
  /** The member's phone, when it is registered, reachable and has no call at all. */
  readonly freePhoneOf: (extension: string) => Binding | null;
  readonly isRecorded: (extension: string) => boolean;
}

/** Timers may fire a moment early; a look that came too soon would not be repeated. */
const timerMarginMs = 5;

/** Brings waiting callers and free members together: oldest caller first, longest-idle member first. */
export class Distributor {
  private readonly waiting: WaitingCaller[] = [];
  private readonly wakeUps = new Set<() => void>();
  private isScheduled = false;
  private isStopped = true;

  constructor(private readonly context: DistributorContext) {}

  /** Puts a caller at the end of a queue; it hears music until a member answers. */
  join(call: CentralCall, leg: Leg, queue: QueueDefinition): void {
    const caller: WaitingCaller = { call, leg, queueId: queue.id, offers: new Set(), passedOver: new Map() };
    this.waiting.push(caller);
    const position = this.waiting.filter(({ queueId }) => queueId === queue.id).length;
    this.context.events.tell({ type: 'queue-joined', callId: call.id, queueId: queue.id, position });
    call.onEnding(() => {
      if (this.remove(caller))
        this.context.events.tell({ type: 'queue-left', callId: call.id, queueId: queue.id, cause: 'abandoned' });
    });
    this.wake();
  }

  /** Something changed that may let a caller through. */
  wake(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      this.distribute();
    });
  }

  wakeAfter(ms: number): void {
    if (this.isStopped) return;
    const cancel = this.context.clock.after(ms + timerMarginMs, () => {
      this.wakeUps.delete(cancel);
      this.wake();
    });
    this.wakeUps.add(cancel);
  }

  start(): void {
    this.isStopped = false;
  }

  /** Offers nothing any more. Callers leave when their calls end. */
  stop(): void {
    this.isStopped = true;
    for (const cancel of this.wakeUps) cancel();
    this.wakeUps.clear();
  }

  private distribute(): void {
    if (this.isStopped) return;
    const queues = new Map(this.context.directory.queues().map(queue => [queue.id, queue]));
    for (const caller of this.waiting.slice()) {
      const queue = queues.get(caller.queueId);
      if (queue === undefined) this.close(caller);
      else this.offerTo(caller, queue);
    }
  }

  private offerTo(caller: WaitingCaller, queue: QueueDefinition): void {
    const ringsAll = queue.strategy === 'ring-all';
    if (caller.offers.size > 0 && !ringsAll) return;
    for (const extension of this.context.members.byIdleTime(queue.memberExtensions)) {
      const binding = this.isOfferable(caller, extension) ? this.context.freePhoneOf(extension) : null;
      if (binding === null) continue;
      const target = { binding, queue: { id: queue.id, name: queue.name }, ringTimeoutMs: queue.ringTimeoutMs };
      const offer = new Offer(caller.call, target, this.context.offerContext, (cause, ended) =>
        this.offerEnded(caller, queue, ended, cause),
      );
      caller.offers.add(offer);
      offer.start();
      if (!ringsAll) return;
    }
  }

  private isOfferable(caller: WaitingCaller, extension: string): boolean {
    const passedOverUntil = caller.passedOver.get(extension) ?? 0;
    return passedOverUntil <= this.context.clock.monotonic() && this.context.members.isWilling(extension);
  }

  private offerEnded(caller: WaitingCaller, queue: QueueDefinition, offer: Offer, cause: OfferEnd): void {
    caller.offers.delete(offer);
    if (cause === 'answered') {
      this.connect(caller, queue, offer);
      return;
    }
    caller.passedOver.set(offer.extension, this.context.clock.monotonic() + this.context.passOverMs);
    this.wakeAfter(this.context.passOverMs);
    this.wake();
  }

  private connect(caller: WaitingCaller, queue: QueueDefinition, offer: Offer): void {
    const { call, leg } = caller;
    const { extension } = offer;
    if (!this.remove(caller)) {
      offer.leg.hangUp('answered-elsewhere'); // two phones answered in the same moment
      return;
    }
    for (const other of caller.offers) other.cancel('answered-elsewhere');
    offer.leg.once('ended', () => {
      this.context.members.queueCallEnded(extension, queue.wrapUpMs);
      this.wakeAfter(queue.wrapUpMs);
    });
    leg.treatment = null;
    call.join(offer.leg);
    this.context.events.tell({ type: 'queue-left', callId: call.id, queueId: queue.id, cause: 'connected' });
    call.customerConnected(leg);
    if (call.info.direction !== 'internal' && this.context.isRecorded(extension)) call.record(leg);
  }

  /** The queue is no longer in the directory. */
  private close(caller: WaitingCaller): void {
    const { call, queueId } = caller;
    if (!this.remove(caller)) return;
    this.context.events.tell({ type: 'queue-left', callId: call.id, queueId, cause: 'closed' });
    call.end('unreachable');
  }

  private remove(caller: WaitingCaller): boolean {
    const index = this.waiting.indexOf(caller);
    if (index < 0) return false;
    this.waiting.splice(index, 1);
    return true;
  }
}

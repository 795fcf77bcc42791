import type { Clock } from '../../../../src-shared/base/clock';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { OfferEnd, QueueDefinition, TelephonyDirectory, WaitingCaller as WaitingFigures } from '../../telephony';
import type { CentralCall } from '../call/central-call';
import type { Leg } from '../legs/leg';
import { Offer, type OfferContext, type ReturnedTransfer } from '../call/offer';
import type { EventStream } from '../../event-stream';
import type { AudioSource } from '../media/audio-frame';
import type { Binding } from '../registrar/location';
import type { MemberTable } from './member-table';
import type { WaitingCaller } from './waiting-caller';
import { WaitingLine } from './waiting-line';

interface DistributorContext {
  readonly clock: Clock;
  readonly events: EventStream;
  readonly directory: TelephonyDirectory;
  readonly members: MemberTable;
  readonly offerContext: OfferContext;
  readonly passOverMs: number;
  readonly musicOnHold: () => AudioSource;
  /** The member's phone, when it is registered, reachable and has no call at all. */
  readonly freePhoneOf: (extension: string) => Binding | null;
}

/** Timers may fire a moment early; a look that came too soon would not be repeated. */
const timerMarginMs = 5;

/** Brings waiting callers and free members together: oldest caller first, longest-idle member first. */
export class Distributor {
  private readonly line = new WaitingLine();
  private readonly wakeUps = new Set<() => void>();
  private isScheduled = false;
  private isStopped = true;

  constructor(private readonly context: DistributorContext) {}

  /** Puts a caller at the end of a queue; it hears music until a member answers. */
  join(call: CentralCall, leg: Leg, queue: QueueDefinition): void {
    this.enter({ call, leg, queueId: queue.id, returned: null, offers: new Set(), passedOver: new Map() });
  }

  /** A caller whose transfer failed, and whom the sender did not take back, is the next; who refused it is passed over for a while. */
  joinAtHead(
    call: CentralCall,
    leg: Leg,
    { queue, returned, refusedBy }: { queue: QueueDefinition; returned: ReturnedTransfer; refusedBy: string | null },
  ): void {
    const passedOver = new Map<string, number>();
    if (refusedBy !== null) passedOver.set(refusedBy, this.context.clock.monotonic() + this.context.passOverMs);
    this.enter({ call, leg, queueId: queue.id, returned, offers: new Set(), passedOver });
    this.wakeAfter(this.context.passOverMs);
  }

  /** @throws AppError `not-found` for an unknown queue */
  waitingCallers(queueId: string): readonly WaitingFigures[] {
    if (!this.context.directory.queues().some(({ id }) => id === queueId))
      throw new AppError('not-found', `no queue ${queueId}`);
    return this.line
      .of(queueId)
      .map(({ call, leg }, index) => ({ callId: call.id, number: call.identityOf(leg).number, position: index + 1 }));
  }

  /** @throws AppError `not-found` when the caller does not wait there any more */
  move(queueId: string, callId: string, position: number): readonly WaitingFigures[] {
    this.line.move(queueId, callId, position);
    const order = this.waitingCallers(queueId);
    const callIds = order.map(caller => caller.callId);
    this.context.events.tell({ type: 'queue-order-changed', queueId, callIds });
    this.wake();
    return order;
  }

  /** The member's phone stops ringing; whoever rang there is offered to the next. */
  withdraw(extension: string): void {
    for (const { offers } of this.line.all)
      for (const offer of offers) if (offer.extension === extension) offer.cancel('state-changed');
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

  private enter(caller: WaitingCaller): void {
    const { call, leg, queueId, returned } = caller;
    const position = this.line.join(caller, returned !== null);
    call.queueId = queueId;
    leg.treatment = this.context.musicOnHold();
    this.context.events.tell({ type: 'queue-joined', callId: call.id, queueId, position });
    call.onEnding(() => {
      if (this.line.leave(caller))
        this.context.events.tell({ type: 'queue-left', callId: call.id, queueId, cause: 'abandoned' });
    });
    this.wake();
  }

  private distribute(): void {
    if (this.isStopped) return;
    const queues = new Map(this.context.directory.queues().map(queue => [queue.id, queue]));
    for (const caller of this.line.all) {
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
      const { call, leg, returned } = caller;
      const from = call.identityOf(leg);
      const target = {
        binding,
        from,
        queue: { id: queue.id, name: queue.name },
        ringTimeoutMs: queue.ringTimeoutMs,
        returned,
      };
      const offer = new Offer(call, target, this.context.offerContext, (cause, ended) =>
        this.offerEnded(caller, queue, ended, cause),
      );
      caller.offers.add(offer);
      offer.start();
      if (!ringsAll) return;
    }
  }

  private isOfferable(caller: WaitingCaller, extension: string): boolean {
    const passedOverUntil = caller.passedOver.get(extension) ?? 0;
    return (
      passedOverUntil <= this.context.clock.monotonic() && this.context.members.isWilling(extension, caller.queueId)
    );
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
    if (!this.line.leave(caller)) {
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
    call.recordIfWanted();
  }

  /** The queue is no longer in the directory. */
  private close(caller: WaitingCaller): void {
    const { call, queueId } = caller;
    if (!this.line.leave(caller)) return;
    this.context.events.tell({ type: 'queue-left', callId: call.id, queueId, cause: 'closed' });
    call.end('unreachable');
  }
}

import { randomUUID } from 'node:crypto';
import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { CentralCall } from '../call/central-call';
import { Offer } from '../call/offer';
import { callSubscriber } from '../call/subscriber-call';
import { routeOf, type Route } from '../dialplan';
import type { Leg } from '../legs/leg';
import type { OfferEnd, TransferFailure } from '../../telephony';
import type { TransferOrder } from './referral';
import { returnToSender } from './return-to-sender';
import type { TransferContext } from './transfer-context';
import { failureOfCause, failureOfRinging } from './transfer-outcome';

interface TransferParts {
  readonly call: CentralCall;
  /** Who is sent to the target. */
  readonly other: Leg;
  readonly referral: TransferOrder;
  readonly number: string;
}

/**
 * Sends the other party to a number (RFC 3515). The sender is released at once; from there the engine answers for the other party:
 *
 * ```
 *  ringing ──► completed (the target, or a queue, has it)
 *     ├──────► caller-left (it hung up)
 *     └──────► busy, no-answer, … ──► back to the sender, or to the head of its queue
 * ```
 */
export class BlindTransfer {
  readonly id: string = randomUUID();
  private readonly sender: string;
  /** Takes the target out of its ringing. */
  private cancelTarget: () => void = () => {};
  private stopWatching: () => void = () => {};
  private isOver = false;

  constructor(
    private readonly parts: TransferParts,
    private readonly context: TransferContext,
  ) {
    this.sender = parts.referral.sender.extension;
  }

  start(): void {
    const { call, other, referral, number } = this.parts;
    const { directory, offerContext, sounds } = this.context;
    const route = routeOf(number, directory);
    referral.accept();
    offerContext.events.tell({
      type: 'transfer-started',
      callId: call.id,
      transferId: this.id,
      kind: 'blind',
      legId: referral.sender.id,
      extension: this.sender,
      to: { number },
      consultCallId: null,
    });
    referral.notify(200); // taken over, as Asterisk says it too: a failure shows by the call coming back
    other.treatment = sounds.musicOnHold(); // the pauses of a ring-back would be taken for a line that is dead
    this.stopWatching = call.onEnding(() => this.callerLeft());
    call.part(referral.sender);
    this.reach(route).catch((error: unknown) => {
      this.context.log.error(`transfer ${this.id}: ${error instanceof Error ? error.message : String(error)}`);
      this.fail('failed');
    });
  }

  private async reach(route: Route): Promise<void> {
    const { call, other, number } = this.parts;
    switch (route.to) {
      case 'extension':
        this.ringColleague(route.extension.extension);
        return;
      case 'queue':
        this.complete();
        this.context.distributor.join(call, other, route.queue);
        return;
      case 'subscriber':
        await this.ringSubscriber(number, route);
        return;
      default:
        this.fail('not-found');
    }
  }

  private ringColleague(extension: string): void {
    const { call, other } = this.parts;
    const { lines, offerContext, mayRing } = this.context;
    const binding = lines.reachable(extension);
    const isOneself = call.infoOf(other)?.extension === extension;
    if (isOneself || !mayRing(extension)) {
      this.fail('busy');
      return;
    }
    if (binding === null) {
      this.fail('unreachable');
      return;
    }
    const ringTimeoutMs = offerContext.timing.transferRingMs;
    const target = { binding, from: call.identityOf(other), ringTimeoutMs, transferredBy: this.sender };
    const offer = new Offer(call, target, offerContext, (cause, { leg }, sipStatus) =>
      this.ringingEnded(cause, leg, sipStatus),
    );
    this.cancelTarget = () => offer.cancel('caller-left');
    offer.start();
  }

  private ringingEnded(cause: OfferEnd, leg: Leg, sipStatus: number | null): void {
    if (cause === 'answered') this.connect(leg);
    else if (cause !== 'caller-left') this.fail(failureOfRinging(cause, sipStatus));
  }

  private async ringSubscriber(number: string, { behaviour }: Extract<Route, { to: 'subscriber' }>): Promise<void> {
    const { call } = this.parts;
    const leg = await callSubscriber(call, { number, behaviour }, this.context, {
      ringing: async () => {},
      answered: subscriber => this.connect(subscriber),
      refused: (cause: EndCause) => {
        leg.leave(cause);
        this.fail(failureOfCause(cause));
      },
    });
    this.cancelTarget = () => leg.hangUp('caller-cancelled');
  }

  private connect(target: Leg): void {
    const { call, other } = this.parts;
    if (this.isOver) return;
    other.treatment = null;
    call.join(target);
    call.recordIfWanted();
    this.complete();
  }

  private complete(): void {
    if (this.end()) this.tellEnd('completed');
  }

  /** Told in the end of the call, before its legs are hung up. */
  private callerLeft(): void {
    if (!this.end()) return;
    this.cancelTarget();
    this.tellEnd('caller-left');
  }

  private fail(outcome: TransferFailure): void {
    if (!this.end()) return;
    const { call, other, number } = this.parts;
    this.tellEnd(outcome);
    const returned = { transferId: this.id, outcome, to: number };
    returnToSender({ call, other, sender: this.sender, returned }, this.context);
  }

  /** @returns false when it was over already */
  private end(): boolean {
    if (this.isOver) return false;
    this.isOver = true;
    this.stopWatching();
    return true;
  }

  private tellEnd(outcome: 'completed' | 'caller-left' | TransferFailure): void {
    const { events } = this.context.offerContext;
    events.tell({ type: 'transfer-ended', callId: this.parts.call.id, transferId: this.id, outcome });
  }
}

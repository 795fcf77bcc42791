import { AppError } from '../../../../src-shared/errors/app-error';
import type { Distributor } from '../acd/distributor';
import type { CallRouter } from '../call/call-router';
import type { CallTable } from '../call/call-table';
import type { CentralCall } from '../call/central-call';
import type { Leg } from '../legs/leg';
import type { CallControl, WaitingCaller } from '../../telephony';
import { OutgoingSipLeg } from '../legs/outgoing-sip-leg';
import { SipLeg } from '../legs/sip-leg';
import type { TransferDesk } from '../transfer/transfer-desk';
import { merge } from './conference';

interface CallControlContext {
  readonly calls: CallTable;
  readonly distributor: Distributor;
  readonly router: CallRouter;
  readonly transfers: TransferDesk;
}

/** What the centre orders and no phone asks for. */
export class EmbeddedCallControl implements CallControl {
  constructor(private readonly context: CallControlContext) {}

  async waitingCallers(queueId: string): Promise<readonly WaitingCaller[]> {
    return this.context.distributor.waitingCallers(queueId);
  }

  async moveWaitingCaller(queueId: string, callId: string, position: number): Promise<readonly WaitingCaller[]> {
    return this.context.distributor.move(queueId, callId, position);
  }

  async dial(extension: string, number: string): Promise<string> {
    return this.context.router.dialFor(extension, number);
  }

  async mergeCalls(callId: string, consultCallId: string): Promise<void> {
    merge(this.context.calls.find(callId), this.context.calls.find(consultCallId));
  }

  async transferCall(callId: string, extension: string, number: string): Promise<void> {
    this.context.transfers.order(this.legOf(callId, extension), number);
  }

  async completeTransfer(callId: string, consultCallId: string, extension: string): Promise<void> {
    this.context.transfers.orderAttended(this.legOf(callId, extension), this.legOf(consultCallId, extension));
  }

  async sendOn(callId: string, extension: string, number: string): Promise<void> {
    const { calls, transfers } = this.context;
    const call = calls.find(callId);
    const leg = call.everybody.find(
      each => each instanceof OutgoingSipLeg && each.extension === extension && each.state === 'early',
    );
    if (!(leg instanceof OutgoingSipLeg)) throw new AppError('not-found', `nobody rings at ${extension} in ${callId}`);
    const [caller, ...more] = call.talking;
    if (caller === undefined || more.length > 0 || number === extension)
      throw new AppError('call/not-allowed', `call ${callId} is not sent on`);
    leg.takeForPhone();
    // Who called is answered with it; whoever gives up in that moment has ended the call.
    if (caller.state === 'early')
      await new Promise<void>(resolve => {
        caller.once('answered', resolve);
        caller.once('ended', () => resolve());
      });
    if (caller.state === 'confirmed') transfers.order(leg, number);
  }

  async hangUpFor(callId: string, extension: string): Promise<void> {
    const call = this.context.calls.find(callId);
    if (!call.hangUpFor(extension)) throw new AppError('not-found', `${extension} is not in call ${callId}`);
  }

  async setHeld(callId: string, extension: string, isHeld: boolean): Promise<void> {
    const { calls } = this.context;
    const leg = this.legOf(callId, extension);
    const call = calls.find(callId);
    if (call.partnerOf(leg) === null)
      throw new AppError('call/not-allowed', `${extension} does not talk with exactly one other`);
    if (isHeld || !leg.isHeldAtPhone) return call.setHeld(leg, isHeld);
    const free = this.otherLineOf(extension, call);
    if (free === null) throw new AppError('call/held-at-phone');
    call.changeLines(leg, free.call, free.leg);
  }

  /** A line of this phone in another call that the phone itself does not hold. */
  private otherLineOf(extension: string, than: CentralCall): { call: CentralCall; leg: SipLeg } | null {
    for (const call of this.context.calls.all)
      for (const leg of call === than ? [] : call.talking)
        if (leg instanceof SipLeg && leg.extension === extension && !leg.isHeldAtPhone && call.partnerOf(leg) !== null)
          return { call, leg };
    return null;
  }

  async setPartyMuted(callId: string, legId: string, isMuted: boolean): Promise<void> {
    const { call, leg } = this.party(callId, legId);
    call.setMuted(leg, isMuted);
  }

  async dropParty(callId: string, legId: string): Promise<void> {
    this.party(callId, legId).leg.hangUp('completed');
  }

  async withdrawOffers(extension: string): Promise<void> {
    this.context.distributor.withdraw(extension);
  }

  async setRecordingPaused(callId: string, isPaused: boolean): Promise<void> {
    if (!this.context.calls.find(callId).setRecordingPaused(isPaused))
      throw new AppError('not-found', `call ${callId} is not recorded`);
  }

  private legOf(callId: string, extension: string): SipLeg {
    const leg = this.context.calls
      .find(callId)
      .talking.find(each => each instanceof SipLeg && each.extension === extension);
    if (!(leg instanceof SipLeg)) throw new AppError('not-found', `${extension} does not talk in call ${callId}`);
    return leg;
  }

  private party(callId: string, legId: string): { readonly call: CentralCall; readonly leg: Leg } {
    const call = this.context.calls.find(callId);
    const leg = call.talking.find(({ id }) => id === legId);
    if (leg === undefined) throw new AppError('not-found', `nobody with leg ${legId} talks in call ${callId}`);
    return { call, leg };
  }
}

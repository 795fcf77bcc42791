import { allowedActions } from '../../src-shared/call/call-permissions';
import { parseDialString } from '../../src-shared/customers/phone-number';
import type { Destination } from '../../src-shared/destinations/destination';
import { mayBeSentTo } from '../../src-shared/destinations/may-be-sent-to';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { reasonOf, type Logger } from '../base/logger';
import type { Clock } from '../../src-shared/base/clock';
import type { CallActions } from './call-actions';
import type { CallDesk } from './call-desk';
import type { InteractionDesk } from './interaction-desk';
import type { PhoneEngine } from './phone-engine-port';

/** A reason that the centre has not taken by then is not waited for: the call goes all the same. */
const reasonWithinMs = 1000;

/** REFER waits for the line, the answer and the NOTIFY. */
export const transferOrderMs = 20_000;

export interface TransferActionsNeeds {
  readonly desk: CallDesk;
  readonly interactions: InteractionDesk;
  readonly engine: PhoneEngine;
  readonly clock: Clock;
  readonly calls: Pick<CallActions, 'hangUp' | 'hold' | 'resume'>;
  readonly me: () => AgentProfile | null;
  readonly policy: () => AgentPolicy | null;
  readonly destinations: () => readonly Destination[] | null;
  /** Whether the centre says that my phone is no longer in this call; null: it has not said anything of it. */
  readonly isGoneAtCentre: (centralCallId: string) => boolean | null;
  /** Lets the centre tell the colleague who sends the call and why, while their phone rings. */
  readonly tellContext: (centralCallId: string, context: { to: string; reason: string }) => Promise<unknown>;
  readonly log: Logger;
}

/** Sending a call to somebody else without asking them. What nobody takes comes back (X-Transfer-Returned). */
export class TransferActions {
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(private readonly needs: TransferActionsNeeds) {}

  /** What is dialled for what a person typed or chose. @throws AppError `dial/…`, `transfer/to-oneself`, `transfer/not-outside` */
  numberOf(target: string): string {
    const parsed = parseDialString(target);
    if (!parsed.ok) throw new AppError(parsed.problem);
    const { number } = parsed;
    const { me, policy, destinations } = this.needs;
    const person = me();
    if (person !== null && number === person.extension) throw new AppError('transfer/to-oneself');
    const isAllowed = mayBeSentTo(number, {
      role: person?.role ?? 'agent',
      policy: policy(),
      destinations: destinations() ?? [],
    });
    if (!isAllowed) throw new AppError('transfer/not-outside');
    return number;
  }

  /** @throws AppError as `numberOf`, and `transfer/…`: the caller is still here, and off hold */
  transfer(callId: string, target: string, reason = ''): Promise<void> {
    return this.#once(callId, async () => {
      const call = this.#known(callId);
      if (!allowedActions(call).has('transfer')) throw new AppError('call/not-allowed', `transfer while ${call.state}`);
      const number = this.numberOf(target);
      if (reason !== '' && call.centralCallId !== null)
        await this.#tellReason(call.centralCallId, { to: number, reason });
      await this.send(callId, number);
    });
  }

  /** The transfer itself, to a number that was checked. */
  async send(callId: string, number: string): Promise<void> {
    const { desk, engine, interactions } = this.needs;
    interactions.apply(callId, { type: 'transfer-requested', kind: 'blind' });
    desk.setPending(callId, 'transfer');
    try {
      await engine.order({ type: 'call.transfer', callId, target: number }, transferOrderMs);
      interactions.apply(callId, { type: 'transfer-succeeded' });
    } catch (error) {
      if (await this.centreHasIt(callId, error)) return;
      interactions.apply(callId, { type: 'transfer-failed' });
      const call = desk.find(callId);
      if (call === undefined || call.state === 'ended' || call.state === 'ending') return; // hung up meanwhile
      if (allowedActions(call).has('resume')) await this.needs.calls.resume(callId);
      throw error;
    } finally {
      if (desk.find(callId)?.pendingAction === 'transfer') desk.setPending(callId, null);
    }
  }

  /** A ringing call goes to somebody else; the conversation under way is not touched. @throws AppError: it still rings, or waits on hold */
  sendOn(callId: string, target: string): Promise<void> {
    return this.#once(callId, async () => {
      const { desk, engine, clock } = this.needs;
      const call = this.#known(callId);
      if (!allowedActions(call).has('send-on')) throw new AppError('call/not-allowed', `send on while ${call.state}`);
      const target_ = this.numberOf(target);
      desk.setPending(callId, 'send-on');
      // A desk phone rings on until the centre has taken the call from it.
      if (call.device === 'app') desk.apply(callId, { type: 'answer-requested' }, clock.now());
      try {
        await engine.order({ type: 'call.send-on', callId, target: target_ }, transferOrderMs);
      } catch (error) {
        if (desk.find(callId)?.state === 'connecting') desk.apply(callId, { type: 'answer-failed' }, clock.now());
        await this.#keepWaiting(callId);
        throw error;
      } finally {
        if (desk.find(callId)?.pendingAction === 'send-on') desk.setPending(callId, null);
      }
    });
  }

  /** The centre's word got lost, but it has the caller: our part is over. */
  async centreHasIt(callId: string, error: unknown): Promise<boolean> {
    const central = this.needs.desk.find(callId)?.centralCallId ?? null;
    const isUnsure = error instanceof AppError && ['transfer/no-word', 'engine/timed-out'].includes(error.code);
    if (!isUnsure || central === null || this.needs.isGoneAtCentre(central) !== true) return false;
    this.needs.log.warn(`call ${callId}: the centre has it, though it did not say so to the phone`);
    await this.needs.calls.hangUp(callId);
    return true;
  }

  /** First: of a call that has been sent away nobody is told any more. */
  async #tellReason(centralCallId: string, context: { to: string; reason: string }): Promise<void> {
    const { tellContext, clock, log } = this.needs;
    const told = tellContext(centralCallId, context).catch((error: unknown) =>
      log.warn(`reason not told: ${reasonOf(error)}`),
    );
    let cancel: () => void = () => undefined;
    const patience = new Promise<void>(resolve => (cancel = clock.after(reasonWithinMs, resolve)));
    await Promise.race([told, patience]);
    cancel();
  }

  /** Taken, but not sent on: it waits with music until the person has time. */
  async #keepWaiting(callId: string): Promise<void> {
    const call = this.needs.desk.find(callId);
    if (call === undefined || !allowedActions(call).has('hold')) return;
    await this.needs.calls
      .hold(callId)
      .catch((error: unknown) => this.needs.log.warn(`call ${callId} not held: ${reasonOf(error)}`));
  }

  #known(callId: string) {
    const call = this.needs.desk.find(callId);
    if (call === undefined) throw new AppError('call/unknown');
    return call;
  }

  /** A second click joins the first. */
  #once(callId: string, work: () => Promise<void>): Promise<void> {
    const running = this.#underWay.get(callId);
    if (running !== undefined) return running;
    const promise = work().finally(() => this.#underWay.delete(callId));
    this.#underWay.set(callId, promise);
    return promise;
  }
}

import type { Call } from '../../src-shared/call/call';
import { allowedActions } from '../../src-shared/call/call-permissions';
import { AppError } from '../../src-shared/errors/app-error';
import type { Interaction } from '../../src-shared/interaction/interaction-state';
import {
  allowedPairActions,
  pairOf,
  type CallPair,
  type PairAction,
} from '../../src-shared/interaction/pair-permissions';
import { reasonOf, type Logger } from '../base/logger';
import type { CallActions } from './call-actions';
import type { CallDesk } from './call-desk';
import type { ConsultEnding, InteractionDesk } from './interaction-desk';
import type { PhoneEngine } from './phone-engine-port';
import { transferOrderMs, type TransferActions } from './transfer-actions';

export interface ConsultActionsNeeds {
  readonly desk: CallDesk;
  readonly interactions: InteractionDesk;
  readonly engine: PhoneEngine;
  readonly calls: Pick<CallActions, 'dial' | 'hangUp' | 'resume'>;
  readonly transfers: Pick<TransferActions, 'numberOf' | 'send' | 'centreHasIt'>;
  /** Lets the centre tell the colleague who is asking and why, while their phone rings. Best effort. */
  readonly tellContext: (centralCallId: string, context: { to: string; reason: string }) => Promise<unknown>;
  /** What happened without anybody asking for it. */
  readonly tell: (what: { readonly consultEnded: ConsultEnding } | { readonly error: AppError }) => void;
  readonly log: Logger;
}

/**
 * Asking a colleague about a customer, and giving the customer to them.
 *
 * ```
 *  begin: hold with music ─► call ─► they talk ─┬─► complete: customer and colleague, and both calls end here
 *     │                       │                 └─► giveBack: colleague off, customer off hold
 *     └ nobody called         ├─► not answered: the customer is taken back by itself
 *                             ├─► completesWhenAnswered
 *                             └─► transferNow: colleague's phone stops ringing, blind transfer
 * ```
 * Whatever fails, the customer's call is still here and not on hold without somebody to talk to.
 */
export class ConsultActions {
  /** Consultations that are being ended by an order: their end needs no answer from here. */
  readonly #leaving = new Set<string>();
  readonly #completing = new Map<string, Promise<void>>();

  constructor(private readonly needs: ConsultActionsNeeds) {
    needs.interactions.consultEndings.hear(ending => this.#consultEnded(ending));
    needs.desk.changes.hear(() => this.#completeWhatWaits());
  }

  /** @returns the call to the colleague @throws AppError as `CallActions.dial`, and `transfer/to-oneself`, `transfer/not-outside` */
  async begin(callId: string, target: string, reason: string): Promise<{ callId: string }> {
    const { desk, interactions, calls, transfers } = this.needs;
    const customer = this.#known(callId);
    if (!allowedActions(customer).has('consult'))
      throw new AppError('call/not-allowed', `consult while ${customer.state}`);
    const number = transfers.numberOf(target);
    if (desk.live().length > 1) throw new AppError('call/already-two');
    this.#tellContext(customer, number, reason);
    return this.#pending(callId, 'consult', () =>
      calls.dial(number, consultCallId => {
        const consult = { callId: consultCallId, number, reason, completesWhenAnswered: false };
        interactions.apply(callId, { type: 'consult-began', consult });
      }),
    );
  }

  /** @throws AppError `transfer/…`: both calls are as they were, or the customer is taken back when the colleague is gone */
  complete(callId: string): Promise<void> {
    const running = this.#completing.get(callId);
    if (running !== undefined) return running;
    const promise = this.#complete(callId).finally(() => this.#completing.delete(callId));
    this.#completing.set(callId, promise);
    return promise;
  }

  completeWhenAnswered(callId: string, isOn: boolean): void {
    if (isOn) this.#permitted(callId, 'complete-when-answered');
    this.needs.interactions.apply(callId, { type: 'completes-when-answered', isOn });
  }

  /** Without waiting for the answer. What nobody takes comes back here. */
  async transferNow(callId: string): Promise<void> {
    const { number } = this.#permitted(callId, 'transfer-now').consult;
    await this.#endConsult(callId);
    await this.needs.transfers.send(callId, number);
  }

  /** Ends the consultation; the customer is heard again. */
  async giveBack(callId: string): Promise<void> {
    this.#permitted(callId, 'return');
    await this.#endConsult(callId);
    await this.#takeBack(callId);
  }

  async #complete(callId: string): Promise<void> {
    const { engine, interactions, transfers } = this.needs;
    const { consult } = this.#permitted(callId, 'complete');
    if (!interactions.apply(callId, { type: 'transfer-requested', kind: 'attended' }))
      throw new AppError('call/not-allowed', 'no consultation');
    const order = { type: 'call.complete-transfer', callId, consultCallId: consult.callId } as const;
    try {
      await this.#pending(callId, 'complete', () => engine.order(order, transferOrderMs));
      interactions.apply(callId, { type: 'transfer-succeeded' });
    } catch (error) {
      if (await transfers.centreHasIt(callId, error)) return;
      interactions.apply(callId, { type: 'transfer-failed' });
      if (!this.#isLive(callId)) return; // the customer hung up: nobody is left to be transferred
      if (this.#isLive(consult.callId)) throw error;
      await this.#takeBack(callId);
      throw new AppError('transfer/colleague-gone', reasonOf(error));
    }
  }

  #completeWhatWaits(): void {
    for (const { customerCallId, consult, state } of this.needs.interactions.all()) {
      if (consult?.completesWhenAnswered !== true || state !== 'consulting') continue;
      if (this.needs.desk.find(consult.callId)?.state !== 'active') continue;
      this.needs.interactions.apply(customerCallId, { type: 'completes-when-answered', isOn: false });
      this.complete(customerCallId).catch((error: unknown) => this.#failedByItself(error));
    }
  }

  #consultEnded(ending: ConsultEnding): void {
    const { before, consult, call } = ending;
    const customer = this.needs.desk.find(before.customerCallId);
    const isOurs = this.#leaving.has(consult.callId) || before.state === 'transferring';
    // Forgotten without an end: it was never dialled, and the dialling itself takes the customer back.
    if (isOurs || call === null || call.endCause === 'transferred' || customer === undefined) return;
    if (call.endCause !== 'agent-cancelled') this.needs.tell({ consultEnded: ending });
    this.#takeBack(before.customerCallId).catch((error: unknown) => this.#failedByItself(error));
  }

  async #endConsult(callId: string): Promise<void> {
    const consult = this.needs.interactions.find(callId)?.consult;
    if (consult == null) return;
    this.#leaving.add(consult.callId);
    const over = this.#whenOver(consult.callId);
    await this.needs.calls.hangUp(consult.callId);
    await over;
    this.#leaving.delete(consult.callId);
  }

  /** Settled when the call has ended: before that the colleague's phone would still be busy with it. */
  #whenOver(callId: string): Promise<void> {
    if (!this.#isLive(callId)) return Promise.resolve();
    return new Promise(resolve => {
      const stop = this.needs.desk.changes.hear(() => {
        if (this.#isLive(callId)) return;
        stop();
        resolve();
      });
    });
  }

  async #takeBack(callId: string): Promise<void> {
    const customer = this.needs.desk.find(callId);
    if (customer !== undefined && allowedActions(customer).has('resume')) await this.needs.calls.resume(callId);
  }

  #tellContext(customer: Call, to: string, reason: string): void {
    if (customer.centralCallId === null) return;
    this.needs
      .tellContext(customer.centralCallId, { to, reason })
      .catch((error: unknown) => this.needs.log.warn(`consultation not announced: ${reasonOf(error)}`));
  }

  #failedByItself(error: unknown): void {
    this.needs.log.warn(`consultation: ${reasonOf(error)}`);
    if (error instanceof AppError) this.needs.tell({ error });
  }

  #permitted(
    callId: string,
    action: PairAction,
  ): Pick<CallPair, 'first'> & { consult: NonNullable<Interaction['consult']> } {
    const pair = pairOf(this.needs.desk.all(), this.needs.interactions.all());
    const consult = pair?.interaction?.consult ?? null;
    if (pair === null || consult === null || pair.first.id !== callId) throw new AppError('transfer/colleague-gone');
    if (allowedPairActions(pair).has(action)) return { first: pair.first, consult };
    throw new AppError(
      action === 'complete' ? 'transfer/not-answered' : 'call/not-allowed',
      `${action} is not possible`,
    );
  }

  #known(callId: string): Call {
    const call = this.needs.desk.find(callId);
    if (call === undefined) throw new AppError('call/unknown');
    return call;
  }

  #isLive(callId: string): boolean {
    const call = this.needs.desk.find(callId);
    return call !== undefined && call.state !== 'ended';
  }

  async #pending<T>(callId: string, action: 'consult' | 'complete', work: () => Promise<T>): Promise<T> {
    const { desk } = this.needs;
    desk.setPending(callId, action);
    try {
      return await work();
    } finally {
      if (desk.find(callId)?.pendingAction === action) desk.setPending(callId, null);
    }
  }
}

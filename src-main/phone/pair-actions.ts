import { allowedActions } from '../../src-shared/call/call-permissions';
import { AppError } from '../../src-shared/errors/app-error';
import {
  allowedPairActions,
  pairOf,
  type CallPair,
  type PairAction,
} from '../../src-shared/interaction/pair-permissions';
import { reasonOf, type Logger } from '../base/logger';
import type { CallActions } from './call-actions';
import type { CallDesk } from './call-desk';
import type { ConsultActions } from './consult-actions';
import type { InteractionDesk } from './interaction-desk';
import type { PhoneEngine } from './phone-engine-port';

/** The centre, which has the room. */
export interface RoomCentre {
  merge(callId: string, consultCallId: string): Promise<unknown>;
  mute(callId: string, legId: string, isMuted: boolean): Promise<unknown>;
  drop(callId: string, legId: string): Promise<unknown>;
}

export interface PairActionsNeeds {
  readonly desk: CallDesk;
  readonly interactions: InteractionDesk;
  readonly engine: PhoneEngine;
  readonly calls: Pick<CallActions, 'hold' | 'resume'>;
  readonly consults: Pick<ConsultActions, 'begin'>;
  readonly centre: RoomCentre;
  readonly log: Logger;
}

/** Two calls at one phone: talk to the other one, or to both at once; and who is in the room then. */
export class PairActions {
  #merging: Promise<void> | null = null;

  constructor(private readonly needs: PairActionsNeeds) {}

  async swap(): Promise<void> {
    const { first, second } = this.#permitted('swap');
    const [wanted, other] = second.heldBy.includes('agent') ? [second, first] : [first, second];
    const { calls, engine } = this.needs;
    if (allowedActions(wanted).has('resume')) return calls.resume(wanted.id);
    // A desk phone may hear both, or hold one by its own key: then the centre gives that one the phone's other line.
    if (wanted.heldBy.includes('phone')) return engine.order({ type: 'call.resume', callId: wanted.id });
    return calls.hold(other.id);
  }

  /** @throws AppError `conference/…`: both calls are as they were */
  merge(): Promise<void> {
    this.#merging ??= this.#merge().finally(() => (this.#merging = null));
    return this.#merging;
  }

  mute(callId: string, legId: string, isMuted: boolean): Promise<unknown> {
    return this.needs.centre.mute(this.#centralIdOf(callId), legId, isMuted);
  }

  drop(callId: string, legId: string): Promise<unknown> {
    return this.needs.centre.drop(this.#centralIdOf(callId), legId);
  }

  /**
   * Speaks alone with one of the room: the centre lets them go, the others are put on hold, and they are called again.
   * @returns the call to them
   */
  async consult(callId: string, legId: string): Promise<{ callId: string }> {
    const party = this.needs.desk.find(callId)?.parties.find(each => each.legId === legId);
    if (party === undefined) throw new AppError('not-found', 'no such party');
    await this.drop(callId, legId);
    return this.needs.consults.begin(callId, party.number, '');
  }

  async #merge(): Promise<void> {
    const { engine, desk, centre, interactions } = this.needs;
    const { first, second } = this.#permitted('merge');
    const wasHeld = allowedActions(first).has('resume');
    desk.setPending(first.id, 'merge');
    try {
      const [callId, consultCallId] = [this.#centralIdOf(first.id), this.#centralIdOf(second.id)];
      // The second call goes on until the room has its party: nobody hears silence in between.
      if (wasHeld) await engine.order({ type: 'call.resume', callId: first.id });
      await centre.merge(callId, consultCallId);
      interactions.apply(first.id, { type: 'merged' });
    } catch (error) {
      if (wasHeld && this.#areBothUp(first.id, second.id)) await this.#holdAgain(first.id);
      const isOurs = error instanceof AppError && /^(line|server|conference)\//.test(error.code);
      throw isOurs ? error : new AppError('conference/not-possible', reasonOf(error));
    } finally {
      if (desk.find(first.id)?.pendingAction === 'merge') desk.setPending(first.id, null);
    }
  }

  async #holdAgain(callId: string): Promise<void> {
    await this.needs.calls
      .hold(callId)
      .catch((problem: unknown) => this.needs.log.warn(`call ${callId} not held again: ${reasonOf(problem)}`));
  }

  #areBothUp(...callIds: readonly string[]): boolean {
    return callIds.every(id => ['active', 'held'].includes(this.needs.desk.find(id)?.state ?? ''));
  }

  /** The call as the centre knows it; it tells so as soon as the call is up. */
  #centralIdOf(callId: string): string {
    const call = this.needs.desk.find(callId);
    if (call === undefined) throw new AppError('call/unknown');
    if (call.centralCallId === null)
      throw new AppError('conference/not-possible', 'the centre has not told its id yet');
    return call.centralCallId;
  }

  #permitted(action: PairAction): CallPair {
    const pair = pairOf(this.needs.desk.all(), this.needs.interactions.all());
    if (pair === null || !allowedPairActions(pair).has(action))
      throw new AppError('call/not-allowed', `${action} is not possible`);
    return pair;
  }
}

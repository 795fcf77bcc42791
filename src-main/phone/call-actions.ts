import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src-shared/base/clock';
import type { Call } from '../../src-shared/call/call';
import { allowedActions, type CallAction } from '../../src-shared/call/call-permissions';
import { parseDialString } from '../../src-shared/customers/phone-number';
import { AppError } from '../../src-shared/errors/app-error';
import type { EngineCommand } from '../../src-shared/ipc/engine-commands';
import { reasonOf, type Logger } from '../base/logger';
import { maxLiveCalls, type CallDesk } from './call-desk';
import type { PhoneEngine } from './phone-engine-port';

/** RFC 3261 section 21.6.2: the person declined; a queue then tries the next one. */
const declineSipCode = 603;

export interface CallActionsNeeds {
  readonly desk: CallDesk;
  readonly engine: PhoneEngine;
  readonly clock: Clock;
  readonly isLineRegistered: () => boolean;
  readonly log: Logger;
}

const isOver = (call: Call | undefined): boolean =>
  call === undefined || call.state === 'ending' || call.state === 'ended';

const isBeingDialled = (call: Call): boolean =>
  call.direction === 'outbound' && ['dialing', 'ringing', 'early-media', 'connecting'].includes(call.state);

/** What an agent may order. Each: permission, then the command; the state changes by what the engine reports. */
export class CallActions {
  /** The same order for the same call, given twice, is one order. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** The number whose INVITE has not left yet. */
  #dialling: { readonly number: string; readonly call: Promise<{ callId: string }> } | null = null;

  constructor(private readonly needs: CallActionsNeeds) {}

  /**
   * Answers; another conversation is put on hold first. Too late for a caller who gave up is not a failure.
   * @throws AppError `microphone/…`: the caller still rings
   */
  answer(callId: string): Promise<void> {
    return this.#once(callId, 'answer', async () => {
      if (isOver(this.#known(callId))) return;
      const held = await this.#holdOthers(callId);
      if (isOver(this.needs.desk.find(callId))) return this.#resumeAll(held);
      // The order leaves first: what the desk tells is drawn and written down while the engine is at work.
      const answered = this.needs.engine.order({ type: 'call.answer', callId });
      this.needs.desk.apply(callId, { type: 'answer-requested' }, this.needs.clock.now());
      try {
        await answered;
      } catch (error) {
        if (isOver(this.needs.desk.find(callId))) return this.#resumeAll(held);
        this.needs.desk.apply(callId, { type: 'answer-failed' }, this.needs.clock.now());
        await this.#resumeAll(held);
        throw error;
      }
    });
  }

  decline(callId: string): Promise<void> {
    return this.#leave(callId, 'decline', { type: 'call.decline', callId, sipCode: declineSipCode });
  }

  /** Of a call at a desk phone the centre tells when it is over; until then it goes on. */
  hangUp(callId: string): Promise<void> {
    if (this.needs.desk.find(callId)?.device === 'desk-phone')
      return this.#simple(callId, 'hang-up', { type: 'call.hang-up', callId });
    return this.#leave(callId, 'hang-up', { type: 'call.hang-up', callId });
  }

  hold(callId: string): Promise<void> {
    return this.#simple(callId, 'hold', { type: 'call.hold', callId });
  }

  /** Takes the call back; another conversation is put on hold first. */
  resume(callId: string): Promise<void> {
    return this.#once(callId, 'resume', async () => {
      await this.#holdOthers(callId);
      await this.needs.engine.order({ type: 'call.resume', callId });
    });
  }

  mute(callId: string, isMuted: boolean): Promise<void> {
    return this.#simple(callId, 'mute', { type: 'call.mute', callId, isMuted });
  }

  /** @throws AppError `dtmf/not-a-digit` */
  dtmf(callId: string, digits: string): Promise<void> {
    if (!/^[0-9*#A-D]{1,32}$/.test(digits)) return Promise.reject(new AppError('dtmf/not-a-digit'));
    return this.#simple(callId, 'dtmf', { type: 'call.dtmf', callId, digits });
  }

  /**
   * Calls a number as a person typed it. The call is on screen at once; the promise settles when the INVITE has left.
   * The same number clicked again while it is being dialled is the same call.
   * @param onBegin told of the call before it is on screen
   * @throws AppError `dial/…`, `line/not-ready`, `call/already-two`, `call/not-allowed`, `microphone/…`
   */
  async dial(target: string, onBegin: (callId: string) => void = () => undefined): Promise<{ callId: string }> {
    const parsed = parseDialString(target);
    if (!parsed.ok) throw new AppError(parsed.problem);
    const { number } = parsed;
    const { desk, isLineRegistered } = this.needs;
    const dialled = desk.live().find(isBeingDialled);
    if (dialled?.remote.number === number) return { callId: dialled.id };
    if (this.#dialling?.number === number) return this.#dialling.call;
    if (dialled || this.#dialling) throw new AppError('call/not-allowed', 'another number is being dialled');
    if (!isLineRegistered()) throw new AppError('line/not-ready');
    if (desk.live().length >= maxLiveCalls) throw new AppError('call/already-two');
    const call = this.#placeCall(number, onBegin).finally(() => (this.#dialling = null));
    this.#dialling = { number, call };
    return call;
  }

  async #placeCall(number: string, onBegin: (callId: string) => void): Promise<{ callId: string }> {
    const { desk, engine, clock } = this.needs;
    const callId = randomUUID();
    const held = await this.#holdOthers(callId);
    const dialled = engine.order({ type: 'call.dial', callId, target: number }); // before anything is drawn, as in answer()
    onBegin(callId);
    desk.begin({
      id: callId,
      device: 'app',
      direction: 'outbound',
      remote: { number, name: null },
      queueName: null,
      centralCallId: null,
      startedAt: clock.now(),
    });
    try {
      await dialled;
    } catch (error) {
      if (!isOver(desk.find(callId))) {
        desk.forget(callId);
        await this.#resumeAll(held);
        throw error;
      }
    }
    return { callId };
  }

  #known(callId: string): Call {
    const call = this.needs.desk.find(callId);
    if (!call) throw new AppError('call/unknown');
    return call;
  }

  #permit(callId: string, action: CallAction): void {
    const call = this.#known(callId);
    if (isOver(call) && action === 'answer') return;
    if (!allowedActions(call).has(action)) throw new AppError('call/not-allowed', `${action} while ${call.state}`);
  }

  #simple(callId: string, action: CallAction, command: EngineCommand): Promise<void> {
    return this.#once(callId, action, () => this.needs.engine.order(command));
  }

  /** Ends a call from our side. It is over for the person at once, whatever the other end still says. */
  #leave(callId: string, action: 'decline' | 'hang-up', command: EngineCommand): Promise<void> {
    return this.#once(callId, action, async () => {
      this.needs.desk.apply(callId, { type: 'hangup-requested' }, this.needs.clock.now());
      try {
        await this.needs.engine.order(command);
      } catch (error) {
        const isGone =
          error instanceof AppError && (error.code === 'call/unknown' || error.code === 'engine/not-running');
        if (!isGone && !isOver(this.needs.desk.find(callId))) throw error;
        this.needs.desk.apply(callId, { type: 'ended', cause: 'failed', sipCode: null }, this.needs.clock.now());
      }
    });
  }

  /** Permission, pending mark, work, mark off again; a second click joins the first. */
  #once(callId: string, action: CallAction, work: () => Promise<void>): Promise<void> {
    const key = `${action} ${callId}`;
    const running = this.#underWay.get(key);
    // Mute on and off, and the digits of a menu, are sequences: the engine keeps their order.
    if (running && action !== 'mute' && action !== 'dtmf') return running;
    const run = async (): Promise<void> => {
      this.#permit(callId, action);
      this.needs.desk.setPending(callId, action);
      try {
        await work();
      } finally {
        if (this.needs.desk.find(callId)?.pendingAction === action) this.needs.desk.setPending(callId, null);
      }
    };
    const promise = run().finally(() => {
      if (this.#underWay.get(key) === promise) this.#underWay.delete(key);
    });
    this.#underWay.set(key, promise);
    return promise;
  }

  /** One conversation at a time. @returns the calls that were put on hold just now */
  async #holdOthers(callId: string): Promise<readonly string[]> {
    const talking = this.needs.desk.live().filter(call => call.id !== callId && allowedActions(call).has('hold'));
    for (const { id } of talking) await this.hold(id);
    return talking.map(({ id }) => id);
  }

  /** The reason for holding them is gone. A failure here must not hide the one that brought us here. */
  async #resumeAll(callIds: readonly string[]): Promise<void> {
    for (const callId of callIds) {
      const call = this.needs.desk.find(callId);
      if (!call || !allowedActions(call).has('resume')) continue;
      await this.needs.engine
        .order({ type: 'call.resume', callId })
        .catch((error: unknown) => this.needs.log.warn(`call ${callId} stays on hold: ${reasonOf(error)}`));
    }
  }
}

import type { Clock } from '../../../../src-shared/base/clock';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { ServerLog } from '../../../server-log';
import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import { AwaitedFacts } from '../ami/awaited-facts';
import type { CallTracker } from './call-tracker';
import type { TrackedCall } from './tracked-call';
import type { TrackedLeg } from './tracked-leg';

const mostParties = 6;
/** From the order until everybody is in the room. */
const joinsWithinMs = 3000;
/** Q.850: normal clearing. */
const normalClearing = 16;

export interface ConferenceDeskParts {
  readonly ami: AmiConnection;
  readonly calls: CallTracker;
  readonly clock: Clock;
  readonly log: ServerLog;
}

/**
 * Rooms of three and more. Asterisk mixes them (ConfBridge, the room is named by the call's id); when two are left they talk in an
 * ordinary bridge again, out of which they can be transferred.
 *
 *   two talk ──merge──► room of three to six ──leave──► two ──pair──► two talk
 */
export class ConferenceDesk {
  /** That somebody has come into a room, by Uniqueid. */
  private readonly joining: AwaitedFacts;

  constructor(private readonly parts: ConferenceDeskParts) {
    this.joining = new AwaitedFacts(parts.clock);
  }

  /** @throws AppError `not-found`, `call/not-allowed`, `conference/full`, `call/failed` when Asterisk did not do it */
  async merge(callId: string, consultCallId: string): Promise<void> {
    const call = this.callNamed(callId);
    const consult = this.callNamed(consultCallId);
    if (call === consult || call.parties.length < 2 || consult.parties.length < 2)
      throw new AppError('call/not-allowed', `${callId} and ${consultCallId} do not both talk`);
    const agent = consult.parties.find(
      ({ extension }) => extension !== null && call.parties.some(leg => leg.extension === extension),
    );
    const others = consult.parties.filter(leg => leg !== agent);
    if (agent === undefined) throw new AppError('call/not-allowed', 'nobody is in both calls');
    if (call.parties.length + others.length > mostParties)
      throw new AppError('conference/full', `more than ${mostParties} parties`);
    await this.orFailed(async () => {
      await this.intoRoom(call.parties.filter(leg => !leg.isInRoom));
      for (const leg of call.parties) call.controls.heldByOrder(leg, false); // in a room nobody is on hold
      await Promise.all(others.map(leg => this.bring(leg, call)));
    });
    await this.letGo(agent);
  }

  /** @throws AppError `not-found` */
  async setMuted(callId: string, legId: string, isMuted: boolean): Promise<void> {
    const call = this.callNamed(callId);
    const leg = this.legNamed(call, legId);
    if (leg.isMuted === isMuted) return;
    const State = isMuted ? 'on' : 'off';
    await this.orFailed(() => this.act({ Action: 'MuteAudio', Channel: leg.channel, Direction: 'in', State }));
    call.controls.muted(leg, isMuted);
    this.parts.calls.tellSpeaking(call);
  }

  /** @throws AppError `not-found` */
  async drop(callId: string, legId: string): Promise<void> {
    const { channel } = this.legNamed(this.callNamed(callId), legId);
    await this.orFailed(() => this.act({ Action: 'Hangup', Channel: channel, Cause: normalClearing }));
  }

  /** A channel has come into this call from another one. */
  moved(leg: TrackedLeg): void {
    this.joining.heard(leg.uniqueid);
  }

  /** A conference is over: its last two go back into an ordinary bridge, one after the other. */
  ended(callId: string): void {
    const call = this.parts.calls.call(callId);
    const [keeps, goes, ...more] = call?.parties ?? [];
    if (keeps === undefined || goes === undefined || more.length > 0) return;
    if (!keeps.isInRoom || !goes.isInRoom) return;
    this.report(callId, async () => {
      await this.act({ Action: 'Setvar', Channel: keeps.channel, Variable: 'CENTRE_PEER', Value: goes.channel });
      await this.redirect(goes, 'centre-pair', 'wait');
    });
  }

  /** The one of the last two is out of the room: the other one fetches it. */
  waitsForPair(call: TrackedCall, uniqueid: string): void {
    const other = call.parties.find(leg => leg.uniqueid !== uniqueid);
    if (other !== undefined) this.report(call.info.id, () => this.redirect(other, 'centre-pair', 'fetch'));
  }

  /** Two who talk go together: one alone would end the other's call. */
  private async intoRoom(legs: readonly TrackedLeg[]): Promise<void> {
    const [one, other] = legs;
    if (one === undefined) return;
    const extra = {
      ExtraChannel: other?.channel ?? '',
      ExtraContext: 'centre-room',
      ExtraExten: 's',
      ExtraPriority: 1,
    };
    const where = { Channel: one.channel, Context: 'centre-room', Exten: 's', Priority: 1 };
    await this.act({ Action: 'Redirect', ...where, ...(other !== undefined && extra) });
  }

  private async bring(leg: TrackedLeg, call: TrackedCall): Promise<void> {
    await this.act({ Action: 'Setvar', Channel: leg.channel, Variable: '__CENTRE_CALL', Value: call.info.id });
    await this.joining.after(() => this.redirect(leg, 'centre-room', 's'), [leg.uniqueid], joinsWithinMs);
  }

  /** The agent's second channel: mostly it is gone with its party. */
  private async letGo({ channel }: TrackedLeg): Promise<void> {
    try {
      await this.act({ Action: 'Hangup', Channel: channel, Cause: normalClearing });
    } catch (error) {
      this.parts.log.debug(`asterisk: ${channel}: ${String(error)}`);
    }
  }

  private async redirect({ channel }: TrackedLeg, context: string, exten: string): Promise<void> {
    await this.act({ Action: 'Redirect', Channel: channel, Context: context, Exten: exten, Priority: 1 });
  }

  private async act(fields: Parameters<AmiConnection['action']>[0]): Promise<void> {
    await this.parts.ami.action(fields);
  }

  private async orFailed(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof AmiFailure) throw new AppError('call/failed', error.message);
      throw error;
    }
  }

  private report(callId: string, work: () => Promise<void>): void {
    work().catch((error: unknown) => this.parts.log.warn(`call ${callId}: still in its room: ${String(error)}`));
  }

  private callNamed(callId: string): TrackedCall {
    const call = this.parts.calls.call(callId);
    if (call === undefined) throw new AppError('not-found', `no call ${callId}`);
    return call;
  }

  private legNamed(call: TrackedCall, legId: string): TrackedLeg {
    const leg = [...call.legs.values()].find(({ id, isGone }) => id === legId && !isGone);
    if (leg === undefined) throw new AppError('not-found', `no leg ${legId}`);
    return leg;
  }
}

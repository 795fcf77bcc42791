import type { Clock } from '../../../../src-shared/base/clock';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { ServerLog } from '../../../server-log';
import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import type { AmiMessage } from '../ami/ami-message';
import { AwaitedFacts } from '../ami/awaited-facts';
import type { CallTracker } from './call-tracker';
import type { TrackedCall } from './tracked-call';
import type { TrackedLeg } from './tracked-leg';

/** From the order until both are where they are sent. */
const arrivesWithinMs = 3000;

export interface HoldDeskParts {
  readonly ami: AmiConnection;
  readonly calls: CallTracker;
  readonly clock: Clock;
  readonly log: ServerLog;
}

type Place = 'held' | 'bridge';
const arrival = (where: Place, uniqueid: string): string => `${where} ${uniqueid}`;

interface HeldCall {
  readonly call: TrackedCall;
  /** Of the phone for which the centre holds. */
  readonly own: TrackedLeg;
  readonly party: TrackedLeg;
}

/**
 * Hold for phones that cannot be told to: Asterisk has no order for it, so the two are parted in the dialplan (`centre-held`), and the one
 * who waited fetches the phone again.
 */
export class HoldDesk {
  private readonly arriving: AwaitedFacts;
  /** By extension: what was ordered before comes first. */
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(private readonly parts: HoldDeskParts) {
    this.arriving = new AwaitedFacts(parts.clock);
  }

  hear(event: AmiMessage): void {
    const name = event.get('Event');
    if (name === 'UserEvent' && event.get('UserEvent') === 'CentreHeld')
      this.arriving.heard(arrival('held', event.get('Uniqueid')));
    if (name === 'BridgeEnter') this.arriving.heard(arrival('bridge', event.get('Uniqueid')));
  }

  /** @throws AppError `not-found`, `call/not-allowed`, `call/held-at-phone`, `call/failed` when Asterisk did not do it */
  async setHeld(callId: string, extension: string, isHeld: boolean): Promise<void> {
    const before = this.underWay.get(extension) ?? Promise.resolve();
    const work = before.catch(() => undefined).then(() => this.setHeldNow(this.pairIn(callId, extension), isHeld));
    this.underWay.set(extension, work);
    try {
      await work;
    } catch (error) {
      if (error instanceof AmiFailure) throw new AppError('call/failed', error.message);
      throw error;
    } finally {
      if (this.underWay.get(extension) === work) this.underWay.delete(extension);
    }
  }

  /** The phone for which the centre holds was taken off hold by a hand. */
  takenBack(leg: TrackedLeg): void {
    const { calls, log } = this.parts;
    const call = calls.callOfLeg(leg.uniqueid);
    if (call === undefined || leg.extension === null) return;
    this.setHeld(call.info.id, leg.extension, false).catch((error: unknown) =>
      log.warn(`call ${call.info.id}: still on hold: ${String(error)}`),
    );
  }

  /** This process has just begun and knows nothing of calls that run: nobody else would take back whom its predecessor held. */
  async release(channels: readonly AmiMessage[]): Promise<void> {
    const waiting = channels.filter(each => each.get('Context') === 'centre-held' && each.get('Exten') === 'waits');
    for (const channel of waiting) await this.fetch(channel.get('Channel'));
  }

  private async setHeldNow(held: HeldCall, isHeld: boolean): Promise<void> {
    const { call, own } = held;
    if (!isHeld && own.isHeld) return this.changeLines(held);
    if (own.isHeldByOrder === isHeld || own.isHeld) return;
    if (isHeld) await this.part(held);
    else await this.bringTogether(held);
    call.controls.heldByOrder(own, isHeld);
  }

  /** The phone holds this call by its own key: whom it talks with there gets its other line, and who is there waits. */
  private async changeLines(held: HeldCall): Promise<void> {
    const free = this.otherLineOf(held);
    if (free === null) throw new AppError('call/held-at-phone');
    for (const each of [held, free]) {
      if (each.own.isHeldByOrder) continue;
      await this.part(each);
      each.call.controls.heldByOrder(each.own, true);
    }
    const pairs = [
      [held.party, free.own],
      [free.party, held.own],
    ] as const;
    for (const [one, other] of pairs) {
      await this.setPeer(one, other);
      await this.setPeer(other, one);
    }
    await this.until('bridge', pairs[0], () => this.fetch(held.party.channel));
    this.parts.calls.changeLines(held.own, free.own);
  }

  /** A line of the same phone in another call that the phone itself does not hold. */
  private otherLineOf({ own: { extension }, call }: HeldCall): HeldCall | null {
    const legs = this.parts.calls.legsOf(extension ?? '').filter(leg => leg.isAnswered && !leg.isGone && !leg.isHeld);
    for (const own of legs) {
      const other = this.parts.calls.callOfLeg(own.uniqueid);
      const [party, ...more] = other?.parties.filter(leg => leg !== own) ?? [];
      if (other === undefined || other === call || party === undefined || more.length > 0 || own.isInRoom) continue;
      return { call: other, own, party };
    }
    return null;
  }

  /** Two who talk go together: one alone would end the other's call. */
  private async part({ own, party }: HeldCall): Promise<void> {
    await this.setPeer(own, party);
    await this.setPeer(party, own);
    const place = { Context: 'centre-held', Exten: 'waits', Priority: 1 };
    const extra = { ExtraChannel: own.channel, ExtraContext: 'centre-held', ExtraExten: 'holds', ExtraPriority: 1 };
    await this.until('held', [own, party], () =>
      this.parts.ami.action({ Action: 'Redirect', Channel: party.channel, ...place, ...extra }),
    );
  }

  private async bringTogether({ own, party }: HeldCall): Promise<void> {
    await this.setPeer(party, own);
    await this.until('bridge', [own, party], () => this.fetch(party.channel));
  }

  private async fetch(Channel: string): Promise<void> {
    await this.parts.ami.action({ Action: 'Redirect', Channel, Context: 'centre-held', Exten: 'fetch', Priority: 1 });
  }

  private async setPeer({ channel }: TrackedLeg, peer: TrackedLeg): Promise<void> {
    const names = { Channel: channel, Variable: 'CENTRE_PEER', Value: peer.channel };
    await this.parts.ami.action({ Action: 'Setvar', ...names });
  }

  private until(where: Place, legs: readonly TrackedLeg[], go: () => Promise<unknown>): Promise<void> {
    const names = legs.map(({ uniqueid }) => arrival(where, uniqueid));
    return this.arriving.after(go, names, arrivesWithinMs);
  }

  private pairIn(callId: string, extension: string): HeldCall {
    const call = this.parts.calls.call(callId);
    const own = call?.parties.find(leg => leg.extension === extension);
    if (call === undefined || own === undefined)
      throw new AppError('not-found', `${extension} does not talk in call ${callId}`);
    const [party, ...more] = call.parties.filter(leg => leg !== own);
    if (party === undefined || more.length > 0 || own.isInRoom)
      throw new AppError('call/not-allowed', `${extension} does not talk with exactly one other`);
    return { call, own, party };
  }
}

import type { Clock } from '../../../../src-shared/base/clock';
import type { ServerLog } from '../../../server-log';
import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import type { CallTracker } from '../calls/call-tracker';
import type { TrackedLeg } from '../calls/tracked-leg';

/** How often the packets of a phone are counted that has no line any more. */
const countEveryMs = 500;
/** As many counts without a packet, one after the other, and the phone is dead. */
const silentCounts = 2;
/** How often a ringing phone is looked at: one that was answered and died in the same moment is counted from then on. */
const lookEveryMs = 100;
/** A ringing phone whose line is gone is given this long to come back. */
const ringingLineLossMs = 2000;
/** An INVITE to which a phone says nothing has not reached it. */
const wordlessMs = 2000;
/** Q.850: the destination is out of order. */
const outOfOrder = 27;

export interface LostPhonesParts {
  readonly ami: AmiConnection;
  readonly calls: CallTracker;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly isRegistered: (extension: string) => boolean;
}

/**
 * Phones that died: Asterisk takes their line away when the socket closes, and would let their calls be for half a minute. Whether a phone
 * still talks its media say. A customer whose agent's phone is dead goes to the head of a queue; any other call of it ends.
 */
export class LostPhones {
  private readonly watched = new Set<string>();

  constructor(private readonly parts: LostPhonesParts) {}

  /** Its line is gone. */
  lineGone(extension: string): void {
    const isGone = (): boolean => !this.parts.isRegistered(extension);
    for (const leg of this.parts.calls.legsOf(extension))
      if (leg.isAnswered) this.report(leg, this.watch(leg, isGone));
      else if (leg.isOffer) this.whileRinging(leg, ringingLineLossMs, isGone);
  }

  /** Another phone came to the line in the place of the one that has these calls. */
  replaced(extension: string): void {
    for (const leg of this.parts.calls.legsOf(extension))
      if (leg.isAnswered)
        this.report(
          leg,
          this.watch(leg, () => false),
        );
  }

  /** Nothing comes from it any more, whatever its line looks like. */
  silent(leg: TrackedLeg): void {
    if (this.isLiving(leg)) this.report(leg, this.lose(leg));
  }

  /** It is rung. */
  rung(leg: TrackedLeg): void {
    if (leg.isOffer) this.whileRinging(leg, wordlessMs, () => !leg.hasRung && !leg.isAnswered);
  }

  /** One that is answered meanwhile is watched as such. */
  private whileRinging(leg: TrackedLeg, ms: number, isLost: () => boolean): void {
    const step = Math.min(ms, lookEveryMs);
    this.parts.clock.after(step, () => {
      if (!this.isLiving(leg) || !isLost()) return;
      if (leg.isAnswered || leg.isPickedUp) this.report(leg, this.watch(leg, isLost));
      else if (ms > step) this.whileRinging(leg, ms - step, isLost);
      else this.report(leg, this.lose(leg));
    });
  }

  /** Counts until the phone is dead, talks, or has its line again. @param isOn go on counting while it talks */
  private async watch(leg: TrackedLeg, isOn: () => boolean): Promise<void> {
    if (this.watched.has(leg.id)) return;
    this.watched.add(leg.id);
    try {
      let before = await this.packetsFrom(leg);
      for (let silent = 0; silent < silentCounts;) {
        await new Promise<void>(passed => this.parts.clock.after(countEveryMs, passed));
        if (!this.isLiving(leg)) return;
        const packets = await this.packetsFrom(leg);
        silent = packets === before ? silent + 1 : 0;
        before = packets;
        if (silent === 0 && !isOn()) return;
      }
    } finally {
      this.watched.delete(leg.id);
    }
    // Two who both hold may rightly be silent.
    const call = this.parts.calls.callOfLeg(leg.uniqueid);
    if (call !== undefined && !call.parties.every(({ isHeld }) => isHeld)) await this.lose(leg);
  }

  private async lose(leg: TrackedLeg): Promise<void> {
    const { ami, calls, log } = this.parts;
    const { channel, extension } = leg;
    const call = calls.callOfLeg(leg.uniqueid);
    if (call === undefined || extension === null) return;
    log.info(`line ${extension}: the phone of call ${call.info.id} is gone`);
    leg.isLost = true;
    const [customer, ...more] = call.parties.filter(party => party !== leg);
    if (leg.isAnswered && customer?.role === 'customer' && more.length === 0) {
      call.deserted(leg);
      await ami.action({ Action: 'Setvar', Channel: customer.channel, Variable: 'CENTRE_SENDER', Value: extension });
      const where = { Context: 'centre-deserted', Exten: 's', Priority: 1 };
      await ami.action({ Action: 'Redirect', Channel: customer.channel, ...where });
    }
    await ami.action({ Action: 'Hangup', Channel: channel, Cause: outOfOrder });
  }

  private isLiving(leg: TrackedLeg): boolean {
    return this.parts.calls.callOfLeg(leg.uniqueid)?.legs.get(leg.uniqueid) === leg && !leg.isGone;
  }

  private async packetsFrom({ channel }: TrackedLeg): Promise<string> {
    const Variable = 'CHANNEL(rtcp,rxcount,audio)';
    return (await this.parts.ami.action({ Action: 'Getvar', Channel: channel, Variable })).get('Value');
  }

  /** Mostly the channel has gone by itself. */
  private report({ extension }: TrackedLeg, work: Promise<void>): void {
    const { log } = this.parts;
    work.catch((error: unknown) =>
      error instanceof AmiFailure
        ? log.debug(`line ${extension}: ${error.message}`)
        : log.error(`line ${extension}: ${String(error)}`),
    );
  }
}

import type { Clock } from '../../../../src-shared/base/clock';
import type { ServerLog } from '../../../server-log';
import type { AmiConnection } from '../ami/ami-connection';
import type { CallTracker } from '../calls/call-tracker';
import type { TrackedLeg } from '../calls/tracked-leg';

/** As many counts without a new packet, one after the other, are a doubt. */
const doubtfulCounts = 3;
/** Who holds and has been counted so often is one that goes on sending. */
const soundingCounts = 2;
/** An app that is asked and gives no sign of life within this time is gone. */
const signOfLifeMs = 1000;

/** A ringing app is asked more often, and given longer: there is no silence to go by. */
const ringingPauseMs = 250;
const ringingSignOfLifeMs = 1800;

/** Whether the app of this extension gives a sign of life in time; null where it cannot be asked. */
export type AskWhetherThere = (extension: string, withinMs: number) => Promise<boolean | null>;

export interface SilentPhonesParts {
  readonly ami: AmiConnection;
  readonly calls: CallTracker;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly countEveryMs: number;
  /** Nothing has come for so long from an app that cannot be asked: it is gone. */
  readonly silentMs: number;
  /** An app sends all the time, also while muted; a desk phone may say nothing when nobody speaks. */
  readonly isApp: (extension: string) => boolean;
  readonly isThere: AskWhetherThere;
  readonly onSilent: (leg: TrackedLeg) => void;
}

interface Count {
  readonly packets: string;
  readonly unchanged: number;
  /** Counts with new packets since it holds; some phones fall silent when they do, and mean nothing by it. */
  readonly heldSounds: number;
}

/**
 * Apps whose network is gone while their socket still seems open: no line ends, nothing is told, and Asterisk's own time-out would hang up
 * on their customers. Counts what comes from everybody who talks; nothing is a doubt, and then the app is asked over its other connection.
 */
export class SilentPhones {
  private readonly counts = new Map<string, Count>();
  private readonly asked = new Set<string>();
  private isLooking = false;
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: SilentPhonesParts) {}

  start(): void {
    const { clock, log, countEveryMs } = this.parts;
    this.cancel = clock.after(countEveryMs, () => {
      this.start();
      this.look().catch((error: unknown) => log.debug(`asterisk: phones not counted: ${String(error)}`));
    });
  }

  stop(): void {
    this.cancel();
  }

  private async look(): Promise<void> {
    if (!this.parts.ami.isConnected) return this.counts.clear();
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      const legs = this.legs();
      const present = new Set(legs.map(({ uniqueid }) => uniqueid));
      for (const uniqueid of this.counts.keys()) if (!present.has(uniqueid)) this.counts.delete(uniqueid);
      for (const leg of legs) await this.count(leg);
      for (const extension of this.silent()) if (!this.asked.has(extension)) this.ask(extension);
      for (const leg of this.ringing()) if (!this.asked.has(leg.uniqueid)) this.askRinging(leg);
    } finally {
      this.isLooking = false;
    }
  }

  private legs(): readonly TrackedLeg[] {
    return this.parts.calls.running
      .flatMap(call => call.parties)
      .filter(({ extension }) => extension !== null && this.parts.isApp(extension));
  }

  private ringing(): readonly TrackedLeg[] {
    return this.parts.calls.running
      .flatMap(call => [...call.legs.values()])
      .filter(leg => leg.hasRung && !leg.isAnswered && !leg.isPickedUp && !leg.isLost && !leg.isGone)
      .filter(({ extension }) => extension !== null && this.parts.isApp(extension));
  }

  /** Extensions from which something should come in one of their calls, and nothing comes in any. */
  private silent(counts = doubtfulCounts): readonly string[] {
    const legs = this.legs();
    const isQuiet = ({ uniqueid }: TrackedLeg): boolean => (this.counts.get(uniqueid)?.unchanged ?? 0) >= counts;
    const mayBeQuiet = ({ uniqueid, isHeld }: TrackedLeg): boolean =>
      isHeld && (this.counts.get(uniqueid)?.heldSounds ?? 0) < soundingCounts;
    const heard = new Set(legs.filter(leg => !isQuiet(leg)).map(({ extension }) => extension ?? ''));
    const missed = new Set(legs.filter(leg => !mayBeQuiet(leg)).map(({ extension }) => extension ?? ''));
    return [...missed].filter(extension => !heard.has(extension));
  }

  private ask(extension: string): void {
    const { clock, log, isThere, silentMs, countEveryMs } = this.parts;
    this.asked.add(extension);
    const again = (): void => void clock.after(doubtfulCounts * countEveryMs, () => this.asked.delete(extension));
    isThere(extension, signOfLifeMs)
      .then(async answer => {
        const longEnough = answer === null ? silentMs / countEveryMs : doubtfulCounts;
        if (answer === true || !this.silent(longEnough).includes(extension)) return again();
        await this.lose(extension);
        again();
      })
      .catch((error: unknown) => {
        log.debug(`line ${extension}: ${String(error)}`);
        again();
      });
  }

  private askRinging(leg: TrackedLeg): void {
    const { clock, log, isThere, onSilent } = this.parts;
    this.asked.add(leg.uniqueid);
    isThere(leg.extension ?? '', ringingSignOfLifeMs)
      .then(answer => {
        if (answer === false && this.ringing().includes(leg)) onSilent(leg);
      })
      .catch((error: unknown) => log.debug(`line ${leg.extension}: ${String(error)}`))
      .finally(() => clock.after(ringingPauseMs, () => this.asked.delete(leg.uniqueid)));
  }

  /** Looks once more: what came while it was asked is a sign, too. */
  private async lose(extension: string): Promise<void> {
    const legs = this.legs().filter(leg => leg.extension === extension);
    for (const leg of legs) await this.count(leg);
    if (!this.silent().includes(extension)) return;
    this.parts.log.info(`line ${extension}: neither sound nor an answer, taken for gone`);
    for (const leg of legs) this.parts.onSilent(leg);
  }

  private async count({ uniqueid, channel, isHeld }: TrackedLeg): Promise<void> {
    const Variable = 'CHANNEL(rtcp,rxcount,audio)';
    const answer = await this.parts.ami.action({ Action: 'Getvar', Channel: channel, Variable }).catch(() => null);
    const packets = answer?.get('Value') ?? '';
    const before = this.counts.get(uniqueid);
    const isSame = packets !== '' && before?.packets === packets;
    this.counts.set(uniqueid, {
      packets,
      unchanged: isSame ? before.unchanged + 1 : 0,
      heldSounds: isHeld ? (before?.heldSounds ?? 0) + (isSame ? 0 : 1) : 0,
    });
  }
}

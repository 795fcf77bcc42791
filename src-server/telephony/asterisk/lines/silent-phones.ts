import type { Clock } from '../../../../src-shared/base/clock';
import type { ServerLog } from '../../../server-log';
import type { AmiConnection } from '../ami/ami-connection';
import type { CallTracker } from '../calls/call-tracker';
import type { TrackedLeg } from '../calls/tracked-leg';

/**
 * Together they say when somebody is given up whose network was cut: not before two seconds, which a network may be gone, and before
 * three: patience, and at most one pause more.
 */
const askEveryMs = 500;
const patienceMs = 1600;
const countedForMs = 500;

/** Whether the app of this extension gives a sign of life in time; null where it cannot be asked. */
export type AskWhetherThere = (extension: string, withinMs: number) => Promise<boolean | null>;

export interface SilentPhonesParts {
  readonly ami: AmiConnection;
  readonly calls: CallTracker;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** How often what comes from an app that cannot be asked is counted. */
  readonly countEveryMs: number;
  /** Nothing has come for so long from an app that cannot be asked: it is gone. */
  readonly silentMs: number;
  /** An app sends all the time, also while muted; a desk phone may say nothing when nobody speaks. */
  readonly isApp: (extension: string) => boolean;
  readonly isThere: AskWhetherThere;
  readonly onSilent: (leg: TrackedLeg) => void;
}

/** Packets that came, by the leg on which. */
type Packets = ReadonlyMap<TrackedLeg, string>;

interface Unasked {
  readonly packets: Packets;
  readonly since: number;
  readonly countedAt: number;
}

/**
 * Apps whose network is gone while their socket still seems open: no line ends, nothing is told, and Asterisk's own time-out would hang up
 * on their customers. Each that has a call is asked over its other connection; only of one that does not answer what comes is counted,
 * and nothing is the proof. In all other calls Asterisk is asked nothing.
 */
export class SilentPhones {
  private readonly asked = new Set<string>();
  private readonly unasked = new Map<string, Unasked>();
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: SilentPhonesParts) {}

  start(): void {
    const { clock, log } = this.parts;
    this.cancel = clock.after(askEveryMs, () => {
      this.start();
      const present = new Set([...this.talking(), ...this.ringing()].map(({ extension }) => extension ?? ''));
      for (const extension of this.unasked.keys()) if (!present.has(extension)) this.unasked.delete(extension);
      for (const extension of present) {
        if (this.asked.has(extension)) continue;
        this.asked.add(extension);
        this.ask(extension)
          .catch((error: unknown) => log.debug(`line ${extension} not asked: ${String(error)}`))
          .finally(() => this.asked.delete(extension));
      }
    });
  }

  stop(): void {
    this.cancel();
  }

  private async ask(extension: string): Promise<void> {
    const { isThere, clock, ami } = this.parts;
    const answer = await isThere(extension, patienceMs);
    if (!ami.isConnected) return;
    if (answer === null) return this.watchUnasked(extension);
    this.unasked.delete(extension);
    if (answer) return;
    const before = await this.count(extension);
    const isOver = new Promise<void>(passed => clock.after(countedForMs, passed));
    if ((await isThere(extension, countedForMs)) === true) return;
    await isOver;
    if (isSilent(before, await this.count(extension))) this.lose(extension);
  }

  /** Nothing is asked of a call that is held only: there silence is no proof, and there is no other. */
  private async watchUnasked(extension: string): Promise<void> {
    const { clock, countEveryMs, silentMs } = this.parts;
    const before = this.unasked.get(extension);
    const now = clock.monotonic();
    if (before !== undefined && now - before.countedAt < countEveryMs) return;
    const packets = await this.count(extension);
    const isQuiet = before !== undefined && isSilent(before.packets, packets);
    const since = isQuiet ? before.since : now;
    this.unasked.set(extension, { packets, since, countedAt: now });
    const mayBeQuiet = [...packets.keys()].every(({ isHeld }) => isHeld);
    if (isQuiet && !mayBeQuiet && now - since >= silentMs) this.lose(extension);
  }

  private lose(extension: string): void {
    this.parts.log.info(`line ${extension}: neither sound nor an answer, taken for gone`);
    for (const leg of [...this.talking(), ...this.ringing()]) if (leg.extension === extension) this.parts.onSilent(leg);
  }

  private talking(): readonly TrackedLeg[] {
    return this.apps(this.parts.calls.running.flatMap(call => call.parties));
  }

  private ringing(): readonly TrackedLeg[] {
    const legs = this.parts.calls.running.flatMap(call => [...call.legs.values()]);
    return this.apps(legs).filter(leg => leg.hasRung && !leg.isAnswered && !leg.isPickedUp && !leg.isGone);
  }

  private apps(legs: readonly TrackedLeg[]): readonly TrackedLeg[] {
    return legs.filter(({ extension, isLost }) => extension !== null && !isLost && this.parts.isApp(extension));
  }

  private async count(extension: string): Promise<Packets> {
    const Variable = 'CHANNEL(rtcp,rxcount,audio)';
    const packets = new Map<TrackedLeg, string>();
    for (const leg of this.talking().filter(each => each.extension === extension)) {
      const asked = { Action: 'Getvar', Channel: leg.channel, Variable };
      const answer = await this.parts.ami.action(asked).catch(() => null);
      packets.set(leg, answer?.get('Value') ?? '');
    }
    return packets;
  }
}

/** Nothing came on any of these legs between two counts. A leg of which Asterisk says nothing proves nothing. */
const isSilent = (before: Packets, after: Packets): boolean =>
  [...after].every(([leg, packets]) => packets !== '' && before.get(leg) === packets);

import type { Clock } from '../../../../src-shared/base/clock';
import type { ServerLog } from '../../../server-log';
import type { AmiConnection } from '../ami/ami-connection';
import type { CallTracker } from '../calls/call-tracker';
import type { TrackedLeg } from '../calls/tracked-leg';

/** As many counts without a new packet, one after the other, and nobody is there. */
const silentCounts = 4;

export interface SilentPhonesParts {
  readonly ami: AmiConnection;
  readonly calls: CallTracker;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** Nothing has come from it for so long. */
  readonly silentMs: number;
  /** An app sends all the time, also while muted; a desk phone may say nothing when nobody speaks. */
  readonly isApp: (extension: string) => boolean;
  readonly onSilent: (leg: TrackedLeg) => Promise<void>;
}

interface Count {
  readonly packets: string;
  readonly unchanged: number;
}

/**
 * Apps whose network is gone while their socket still seems open: no line ends, nothing is told, and Asterisk's own time-out would hang up
 * on their customers. Counts what comes from everybody who talks.
 */
export class SilentPhones {
  private readonly counts = new Map<string, Count>();
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: SilentPhonesParts) {}

  start(): void {
    const { clock, log, silentMs } = this.parts;
    this.cancel = clock.after(silentMs / silentCounts, () => {
      this.start();
      this.look().catch((error: unknown) => log.debug(`asterisk: phones not counted: ${String(error)}`));
    });
  }

  stop(): void {
    this.cancel();
  }

  private async look(): Promise<void> {
    const { ami, calls, isApp, onSilent } = this.parts;
    if (!ami.isConnected) return this.counts.clear();
    const legs = calls.running
      .flatMap(call => call.parties)
      .filter(({ extension, isHeld }) => extension !== null && !isHeld && isApp(extension));
    const talking = new Set(legs.map(({ uniqueid }) => uniqueid));
    for (const uniqueid of this.counts.keys()) if (!talking.has(uniqueid)) this.counts.delete(uniqueid);
    for (const leg of legs) if (await this.isSilent(leg)) await onSilent(leg);
  }

  private async isSilent({ uniqueid, channel }: TrackedLeg): Promise<boolean> {
    const Variable = 'CHANNEL(rtcp,rxcount,audio)';
    const answer = await this.parts.ami.action({ Action: 'Getvar', Channel: channel, Variable }).catch(() => null);
    const before = this.counts.get(uniqueid);
    const packets = answer?.get('Value') ?? '';
    if (packets === '' || before?.packets !== packets) {
      this.counts.set(uniqueid, { packets, unchanged: 0 });
      return false;
    }
    const unchanged = before.unchanged + 1;
    this.counts.set(uniqueid, { packets, unchanged });
    return unchanged === silentCounts;
  }
}

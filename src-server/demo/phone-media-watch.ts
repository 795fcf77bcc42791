import type { Telephony, TelephonyEvent } from '../telephony/telephony';
import type { CallerSimulator } from './caller-simulator';

/** What the engine knows of the media of the phone that was last offered a call; for the suite and the benchmarks. */
export interface PhoneMedia {
  readonly isRinging: boolean;
  readonly isAnswered: boolean;
  /** Audio packets of the phone while it still rang: nobody hears them, and there should be none. Null from an engine that keeps it to itself. */
  readonly packetsBeforeAnswer: number | null;
  /** ms since the epoch, with fractions; null before the packet, or from an engine that does not measure it. */
  readonly firstPacketAfterAnswerAt: number | null;
  /** Keys that reached the engine, in order; the journal keeps none of them. */
  readonly keys: string;
}

interface OfferedLeg {
  readonly id: string;
  isRinging: boolean;
  isAnswered: boolean;
  keys: string;
}
/** Calls that may still be asked about. */
const keptCalls = 500;

export class PhoneMediaWatch {
  private readonly offered = new Map<string, OfferedLeg>();

  constructor(
    telephony: Telephony,
    private readonly simulator: CallerSimulator | null,
  ) {
    telephony.onEvent(event => this.hear(event));
  }

  /** Of a call that was never offered to a phone: nothing yet. */
  of(callId: string): PhoneMedia {
    const leg = this.offered.get(callId);
    const statistics = leg === undefined ? null : this.simulator?.legStatistics(leg.id);
    return {
      isRinging: leg?.isRinging ?? false,
      isAnswered: leg?.isAnswered ?? false,
      packetsBeforeAnswer: this.simulator === null ? null : (statistics?.packetsBeforeAnswer ?? 0),
      firstPacketAfterAnswerAt: statistics?.firstPacketAfterAnswerAt ?? null,
      keys: leg?.keys ?? '',
    };
  }

  private hear(event: TelephonyEvent): void {
    if (event.type === 'offered') this.remember(event.callId, event.legId);
    if (event.type === 'dtmf') {
      const leg = this.offered.get(event.callId);
      if (leg?.id === event.legId) leg.keys += event.digit;
    }
    if (event.type === 'leg-ringing' || event.type === 'leg-answered' || event.type === 'leg-ended') {
      const leg = this.offered.get(event.callId);
      if (leg?.id !== event.legId) return;
      leg.isRinging = event.type === 'leg-ringing';
      leg.isAnswered = event.type === 'leg-answered';
    }
  }

  private remember(callId: string, legId: string): void {
    this.offered.delete(callId);
    this.offered.set(callId, { id: legId, isRinging: false, isAnswered: false, keys: '' });
    const oldest = this.offered.size > keptCalls ? this.offered.keys().next().value : undefined;
    if (oldest !== undefined) this.offered.delete(oldest);
  }
}

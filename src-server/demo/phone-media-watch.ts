import type { Telephony, TelephonyEvent } from '../telephony/telephony';
import type { CallerSimulator } from './caller-simulator';

/** What the engine knows of the media of the phone that was last offered a call; for the suite and the benchmarks. */
export interface PhoneMedia {
  readonly isRinging: boolean;
  /** Audio packets of the phone while it still rang: nobody hears them, and there should be none. */
  readonly packetsBeforeAnswer: number;
  /** ms since the epoch, with fractions; null before the packet, or from an engine that does not measure it. */
  readonly firstPacketAfterAnswerAt: number | null;
  /** Keys that reached the engine, in order; the journal keeps none of them. */
  readonly keys: string;
}

interface OfferedLeg {
  readonly id: string;
  isRinging: boolean;
  keys: string;
}
/** Calls that may still be asked about. */
const keptCalls = 500;

export class PhoneMediaWatch {
  private readonly offered = new Map<string, OfferedLeg>();

  constructor(
    telephony: Telephony,
    private readonly simulator: CallerSimulator,
  ) {
    telephony.onEvent(event => this.hear(event));
  }

  /** Null when no phone was ever offered this call. */
  of(callId: string): PhoneMedia | null {
    const leg = this.offered.get(callId);
    if (leg === undefined) return null;
    const statistics = this.simulator.legStatistics(leg.id);
    return {
      isRinging: leg.isRinging,
      packetsBeforeAnswer: statistics?.packetsBeforeAnswer ?? 0,
      firstPacketAfterAnswerAt: statistics?.firstPacketAfterAnswerAt ?? null,
      keys: leg.keys,
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
      if (leg?.id === event.legId) leg.isRinging = event.type === 'leg-ringing';
    }
  }

  private remember(callId: string, legId: string): void {
    this.offered.delete(callId);
    this.offered.set(callId, { id: legId, isRinging: false, keys: '' });
    const oldest = this.offered.size > keptCalls ? this.offered.keys().next().value : undefined;
    if (oldest !== undefined) this.offered.delete(oldest);
  }
}

import type { TelephonyEvent } from '../telephony/telephony';

export interface RunningLeg {
  readonly extension: string | null;
  readonly isAnswered: boolean;
}

/** Who is in which call at this moment: what may be asked of a call depends on it, and the journal is written a little later. */
export class RunningCalls {
  private readonly calls = new Map<string, Map<string, RunningLeg>>();

  hear(event: TelephonyEvent): void {
    switch (event.type) {
      case 'call-started':
        this.calls.set(event.callId, new Map());
        break;
      case 'leg-started':
        this.calls.get(event.callId)?.set(event.legId, { extension: event.extension, isAnswered: false });
        break;
      case 'leg-answered': {
        const legs = this.calls.get(event.callId);
        const leg = legs?.get(event.legId);
        if (leg !== undefined) legs?.set(event.legId, { ...leg, isAnswered: true });
        break;
      }
      case 'leg-ended':
        this.calls.get(event.callId)?.delete(event.legId);
        break;
      case 'call-ended':
        this.calls.delete(event.callId);
        break;
      default:
    }
  }

  /** Whether this extension's phone is up in the call: talking, or hearing it ring at the other end does not count. */
  talksIn(extension: string, callId: string): boolean {
    return this.legsOf(callId).some(([, leg]) => leg.extension === extension && leg.isAnswered);
  }

  leg(callId: string, legId: string): RunningLeg | undefined {
    return this.calls.get(callId)?.get(legId);
  }

  private legsOf(callId: string): readonly (readonly [legId: string, leg: RunningLeg])[] {
    return [...(this.calls.get(callId) ?? [])];
  }
}

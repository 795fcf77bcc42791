import type { EndCause } from '../../src-shared/call/end-cause';
import type { TelephonyEvent } from '../telephony/telephony';

export interface RunningLeg {
  readonly legId: string;
  readonly extension: string | null;
  readonly number: string;
  readonly startedAt: number;
  readonly isRinging: boolean;
  readonly answeredAt: number | null;
  readonly isHeld: boolean;
  /** Nobody in the room hears them. */
  readonly isMuted: boolean;
  /** The queue that offered it. */
  readonly queueId: string | null;
  readonly endCause: EndCause | null;
}

type Started = Extract<TelephonyEvent, { type: 'call-started' }>;
export interface RunningCall extends Pick<Started, 'callId' | 'direction' | 'from' | 'to'> {
  /** In the order in which they began; those that ended stay until the call is over. */
  readonly legs: readonly RunningLeg[];
}

const newLeg = {
  isRinging: false,
  answeredAt: null,
  isHeld: false,
  isMuted: false,
  queueId: null,
  endCause: null,
} as const;

/** What a fact changes on its leg; null: nothing. */
function changeOf(event: TelephonyEvent): Partial<RunningLeg> | null {
  switch (event.type) {
    case 'offered':
      return { queueId: event.queueId };
    case 'leg-ringing':
      return { isRinging: true };
    case 'leg-answered':
      return { answeredAt: event.at };
    case 'leg-held':
      return { isHeld: true };
    case 'leg-resumed':
      return { isHeld: false };
    case 'leg-muted':
      return { isMuted: true };
    case 'leg-unmuted':
      return { isMuted: false };
    case 'leg-ended':
      return { endCause: event.cause };
    default:
      return null;
  }
}

/** Who is in which call at this moment: what may be asked of a call depends on it, and the journal is written a little later. */
export class RunningCalls {
  private readonly calls = new Map<string, RunningCall>();

  hear(event: TelephonyEvent): void {
    if (!('callId' in event)) return;
    const { callId } = event;
    if (event.type === 'call-started') {
      const { direction, from, to } = event;
      this.calls.set(callId, { callId, direction, from, to, legs: [] });
      return;
    }
    const call = this.calls.get(callId);
    if (call === undefined) return;
    if (event.type === 'call-ended') this.calls.delete(callId);
    else if (event.type === 'leg-started') {
      const { legId, extension, number, at } = event;
      this.calls.set(callId, { ...call, legs: [...call.legs, { ...newLeg, legId, extension, number, startedAt: at }] });
    } else if ('legId' in event) {
      const change = changeOf(event);
      const legs = call.legs.map(leg => (leg.legId === event.legId ? { ...leg, ...change } : leg));
      if (change !== null) this.calls.set(callId, { ...call, legs });
    }
  }

  call(callId: string): RunningCall | undefined {
    return this.calls.get(callId);
  }

  /** Calls in which this extension's phone takes part or took part. */
  of(extension: string): readonly RunningCall[] {
    return [...this.calls.values()].filter(call => call.legs.some(leg => leg.extension === extension));
  }

  /** Whether this extension's phone is up in the call: that it rings, here or at the other end, does not count. */
  talksIn(extension: string, callId: string): boolean {
    const legs = this.calls.get(callId)?.legs ?? [];
    return legs.some(leg => leg.extension === extension && leg.answeredAt !== null && leg.endCause === null);
  }

  /** How many outside the centre are in a call, wait, or are being called. */
  outsideLegs(): number {
    let count = 0;
    for (const { legs } of this.calls.values())
      for (const { extension, endCause } of legs) if (extension === null && endCause === null) count += 1;
    return count;
  }

  /** A part of the call that has not ended. */
  leg(callId: string, legId: string): RunningLeg | undefined {
    return this.calls.get(callId)?.legs.find(leg => leg.legId === legId && leg.endCause === null);
  }
}

import type { EndCause } from '../../src-shared/call/end-cause';
import type { ReturnedTransfer } from '../../src-shared/call/call-party';
import type { TelephonyEvent } from '../telephony/telephony';

export interface RunningLeg {
  readonly legId: string;
  readonly extension: string | null;
  readonly number: string;
  readonly startedAt: number;
  readonly isRinging: boolean;
  readonly answeredAt: number | null;
  readonly isHeld: boolean;
  /** The centre holds for it; else its own phone does. */
  readonly isHeldByOrder: boolean;
  /** Nobody in the room hears them. */
  readonly isMuted: boolean;
  /** The queue that offered it. */
  readonly queueId: string | null;
  readonly endCause: EndCause | null;
  /** Set when it rings because a transfer came to nothing. */
  readonly returned: ReturnedTransfer | null;
  /** Extension of the colleague whose transfer rings it. */
  readonly transferredBy: string | null;
}

interface Transfer {
  readonly extension: string;
  readonly to: string;
  /** null while it is open. */
  readonly outcome: Extract<TelephonyEvent, { type: 'transfer-ended' }>['outcome'] | null;
  readonly isBlind: boolean;
}

type Started = Extract<TelephonyEvent, { type: 'call-started' }>;
export interface RunningCall extends Pick<Started, 'callId' | 'direction' | 'from' | 'to'> {
  /** In the order in which they began; those that ended stay until the call is over. */
  readonly legs: readonly RunningLeg[];
  /** By their ids. */
  readonly transfers: ReadonlyMap<string, Transfer>;
}

const newLeg = {
  isRinging: false,
  answeredAt: null,
  isHeld: false,
  isHeldByOrder: false,
  isMuted: false,
  queueId: null,
  endCause: null,
  returned: null,
} as const;

/** What a fact changes on its leg; null: nothing. */
function changeOf(event: TelephonyEvent, call: RunningCall): Partial<RunningLeg> | null {
  switch (event.type) {
    case 'offered':
      return { queueId: event.queueId, returned: returnedIn(call, event.returnedTransferId) };
    case 'leg-ringing':
      return { isRinging: true };
    case 'leg-answered':
      return { answeredAt: event.at };
    case 'leg-held':
      return { isHeld: true, isHeldByOrder: event.isOrdered === true };
    case 'leg-resumed':
      return { isHeld: false, isHeldByOrder: false };
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

type TransferFact = Extract<TelephonyEvent, { type: 'transfer-started' | 'transfer-ended' }>;
function transfersAfter({ transfers }: RunningCall, event: TransferFact): ReadonlyMap<string, Transfer> {
  const { transferId } = event;
  if (event.type === 'transfer-started') {
    const { extension, to, kind } = event;
    return new Map(transfers).set(transferId, { extension, to: to.number, outcome: null, isBlind: kind === 'blind' });
  }
  const known = transfers.get(transferId);
  return known === undefined ? transfers : new Map(transfers).set(transferId, { ...known, outcome: event.outcome });
}

/** Whose transfer is being carried out. */
const senderIn = ({ transfers }: RunningCall): string | null =>
  [...transfers.values()].find(({ outcome, isBlind }) => outcome === null && isBlind)?.extension ?? null;

function returnedIn({ transfers }: RunningCall, transferId: string | null): ReturnedTransfer | null {
  const failed = transfers.get(transferId ?? '');
  if (failed === undefined || failed.outcome === null || failed.outcome === 'caller-left') return null;
  return { outcome: failed.outcome, to: failed.to };
}

/** Who is in which call at this moment: what may be asked of a call depends on it, and the journal is written a little later. */
export class RunningCalls {
  private readonly calls = new Map<string, RunningCall>();

  hear(event: TelephonyEvent): void {
    if (!('callId' in event)) return;
    const { callId } = event;
    if (event.type === 'call-started') {
      const { direction, from, to } = event;
      this.calls.set(callId, { callId, direction, from, to, legs: [], transfers: new Map() });
      return;
    }
    const call = this.calls.get(callId);
    if (call === undefined) return;
    if (event.type === 'call-ended') this.calls.delete(callId);
    else if (event.type === 'leg-started') {
      const { legId, extension, number, at } = event;
      const leg = { ...newLeg, legId, extension, number, startedAt: at, transferredBy: senderIn(call) };
      this.calls.set(callId, { ...call, legs: [...call.legs, leg] });
    } else if (event.type === 'transfer-started' || event.type === 'transfer-ended') {
      this.calls.set(callId, { ...call, transfers: transfersAfter(call, event) });
    } else if ('legId' in event) {
      const change = changeOf(event, call);
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

  /** Whether this extension's phone is up in the call, or placed it and is not up yet: that it rings for somebody else's call does not count. */
  mayLeave(extension: string, callId: string): boolean {
    const call = this.calls.get(callId);
    const own = call?.legs.find(leg => leg.extension === extension && leg.endCause === null);
    if (call === undefined || own === undefined) return false;
    return own.answeredAt !== null || own === call.legs.find(leg => leg.extension === call.from.number);
  }

  /** Whether this extension's phone rings for somebody who is not offered by a queue: a queue offers to the next by itself. */
  mayBeSentOn(extension: string, callId: string): boolean {
    const call = this.calls.get(callId);
    const rung = call?.legs.find(leg => leg.extension === extension && leg.endCause === null);
    if (call === undefined || rung === undefined || rung.answeredAt !== null || rung.queueId !== null) return false;
    return rung !== call.legs.find(leg => leg.extension === call.from.number);
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

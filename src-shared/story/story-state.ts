import { numberIn, type StoryCall, type StoryEvent, textIn } from './story-input';

export interface StoryLeg {
  readonly legId: string;
  readonly role: 'customer' | 'agent';
  readonly number: string;
  readonly extension: string | null;
  readonly startedAt: number;
  readonly isRinging: boolean;
  readonly answeredAt: number | null;
  readonly isHeld: boolean;
  readonly endedAt: number | null;
  readonly endCause: string | null;
  /** Sent its party away; its end is only a matter of time. */
  readonly isLeaving: boolean;
}

export interface StoryTransfer {
  readonly transferId: string;
  readonly kind: 'blind' | 'attended';
  readonly by: string;
  readonly to: string;
}

/** A call as it is after some of its facts. */
export interface CallState {
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly from: string;
  readonly to: string;
  readonly legs: readonly StoryLeg[];
  readonly queueId: string | null;
  /** Under way. */
  readonly transfer: StoryTransfer | null;
  /** What was written for whom, by their numbers; the newest counts. */
  readonly reasons: ReadonlyMap<string, string>;
  /** A transfer failed, and nobody has talked with the customer since. */
  readonly isReturning: boolean;
  readonly isOver: boolean;
}

export const noCall: CallState = {
  direction: 'inbound',
  from: '',
  to: '',
  legs: [],
  queueId: null,
  transfer: null,
  reasons: new Map(),
  isReturning: false,
  isOver: false,
};

const directionIn = (event: StoryEvent): CallState['direction'] => {
  const direction = textIn(event, 'direction');
  return direction === 'outbound' || direction === 'internal' ? direction : 'inbound';
};

const newLeg = (event: StoryEvent, legId: string): StoryLeg => ({
  legId,
  role: textIn(event, 'role') === 'customer' ? 'customer' : 'agent',
  number: textIn(event, 'number') ?? '',
  extension: textIn(event, 'extension'),
  startedAt: event.at,
  isRinging: false,
  answeredAt: null,
  isHeld: false,
  endedAt: null,
  endCause: null,
  isLeaving: false,
});

/** What a fact changes on its own leg; null: nothing. */
function legChange(event: StoryEvent): Partial<StoryLeg> | null {
  switch (event.type) {
    case 'leg-ringing':
      return { isRinging: true };
    case 'leg-answered':
      return { answeredAt: event.at };
    case 'leg-held':
      return { isHeld: true };
    case 'leg-resumed':
      return { isHeld: false };
    case 'transfer-started':
      return { isLeaving: true };
    case 'leg-ended':
      return { endedAt: event.at, endCause: textIn(event, 'cause'), isHeld: false };
    default:
      return null;
  }
}

function callChange(state: CallState, event: StoryEvent): Partial<CallState> {
  switch (event.type) {
    case 'call-started':
      return { direction: directionIn(event), from: numberIn(event, 'from'), to: numberIn(event, 'to') };
    case 'leg-answered':
      // Somebody of the centre, or a third party, has the customer again.
      return { isReturning: false };
    case 'queue-joined':
      return { queueId: textIn(event, 'queueId') };
    case 'queue-left':
      // Who gave up is gone, though an engine tells of the leg a moment later.
      return { queueId: null, ...(textIn(event, 'cause') === 'abandoned' && { legs: endedAt(state.legs, event.at) }) };
    case 'reason-given':
      return { reasons: new Map(state.reasons).set(numberIn(event, 'to'), textIn(event, 'reason') ?? '') };
    case 'transfer-started':
      return {
        transfer: {
          transferId: textIn(event, 'transferId') ?? '',
          kind: textIn(event, 'kind') === 'attended' ? 'attended' : 'blind',
          by: textIn(event, 'extension') ?? '',
          to: numberIn(event, 'to'),
        },
      };
    case 'transfer-ended': {
      const outcome = textIn(event, 'outcome');
      return { transfer: null, isReturning: outcome !== 'completed' && outcome !== 'caller-left' };
    }
    case 'call-ended':
      return { isOver: true, legs: endedAt(state.legs, event.at) };
    default:
      return {};
  }
}

const endedAt = (legs: readonly StoryLeg[], at: number): readonly StoryLeg[] =>
  legs.map(leg => ({ ...leg, endedAt: leg.endedAt ?? at }));

/** One fact further. Pure; what is not known changes nothing. */
export function callAfter(state: CallState, event: StoryEvent): CallState {
  const { legId } = event;
  const change = legChange(event);
  const changed = state.legs.map(leg => (leg.legId === legId && change !== null ? merged(leg, change) : leg));
  const legs = event.type === 'leg-started' && legId !== null ? [...changed, newLeg(event, legId)] : changed;
  const before = { ...state, legs };
  return { ...before, ...callChange(before, event) };
}

/** The first answer counts, and the first end. */
const merged = (leg: StoryLeg, change: Partial<StoryLeg>): StoryLeg => ({
  ...leg,
  ...change,
  answeredAt: leg.answeredAt ?? change.answeredAt ?? null,
  endedAt: leg.endedAt ?? change.endedAt ?? null,
  endCause: leg.endCause ?? change.endCause ?? null,
});

/** The leg whose story it is: the first from outside the centre, else who called. */
export function customerLegId(call: StoryCall): string | null {
  const started = call.events.filter(event => event.type === 'leg-started');
  return (started.find(event => textIn(event, 'role') === 'customer') ?? started[0])?.legId ?? null;
}

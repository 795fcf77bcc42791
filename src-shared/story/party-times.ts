import { endCause } from '../call/end-cause';
import type { PartyTimes, StoryParty, Stretch, StretchKind } from './story';
import type { StoryCall } from './story-input';
import type { StoryLeg } from './story-state';

export interface PartiesParts {
  readonly call: StoryCall;
  /** As they were in the end. */
  readonly legs: readonly StoryLeg[];
  readonly customerId: string | null;
  readonly stretches: readonly Stretch[];
  readonly partyOf: (number: string) => StoryParty;
}

/** Everybody's own times. What still runs is counted up to the last fact. */
export function partiesOf({ call, legs, customerId, stretches, partyOf }: PartiesParts): PartyTimes[] {
  const last = call.events.reduce((latest, { at }) => Math.max(latest, at), 0);
  const lengthOf = (kinds: readonly StretchKind[]): number =>
    stretches
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((sum, { startedAt, endedAt }) => sum + Math.max(0, (endedAt ?? last) - startedAt), 0);
  return legs.map(leg => {
    const { startedAt, answeredAt, endedAt } = leg;
    const until = endedAt ?? last;
    const holdMs = heldMs(call, leg, until);
    const isUpMs = answeredAt === null ? 0 : until - answeredAt;
    const own = { waitMs: (answeredAt ?? until) - startedAt, talkMs: Math.max(0, isUpMs - holdMs), holdMs };
    const customers = {
      waitMs: lengthOf(['queue', 'ringing', 'transfer', 'return', 'alone']),
      talkMs: lengthOf(['talk', 'conference', 'service']),
      holdMs: lengthOf(['hold', 'consult']),
    };
    return {
      party: partyOf(leg.number),
      startedAt,
      answeredAt,
      endedAt,
      endCause: leg.endCause === null ? null : endCause.catch('failed').parse(leg.endCause),
      ...(leg.legId === customerId ? customers : own),
    };
  });
}

function heldMs(call: StoryCall, leg: StoryLeg, until: number): number {
  let sum = 0;
  let since: number | null = null;
  for (const event of call.events) {
    if (event.legId !== leg.legId) continue;
    if (event.type === 'leg-held') since ??= event.at;
    else if (since !== null && (event.type === 'leg-resumed' || event.type === 'leg-ended')) {
      sum += event.at - since;
      since = null;
    }
  }
  return since === null ? sum : sum + Math.max(0, until - since);
}

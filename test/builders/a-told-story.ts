import type { TelephonyEvent } from '../../src-server/telephony/telephony';
import { type Story, type StoryParty, type Stretch } from '../../src-shared/story/story';
import type { StoryCall, StoryNames } from '../../src-shared/story/story-input';
import { storyOf } from '../../src-shared/story/story-of';

/** A call as the journal gives it back. */
export function journalled(callId: string, events: readonly TelephonyEvent[]): StoryCall {
  return {
    callId,
    offerOutcomes: new Map(
      events.flatMap(event => {
        if (event.type !== 'offer-ended' || event.callId !== callId) return [];
        return event.cause === 'busy' || event.cause === 'failed' ? [] : [[event.legId, event.cause]];
      }),
    ),
    events: events.flatMap(event => {
      if (!('callId' in event) || event.callId !== callId) return [];
      const { at, type, callId: _id, ...rest } = event;
      const { legId, ...detail } = { legId: null, ...rest };
      return [{ at, type, legId, detail }];
    }),
  };
}

/** Supervisors are at 2xxx. */
export const plainNames: StoryNames = {
  person: extension => (/^[12]\d{3}$/.test(extension) ? { name: extension, isSupervisor: extension[0] === '2' } : null),
  queue: id => id,
  outside: number => ({ number, name: null }),
};

/** The story of the first of these calls, the others being consultations. */
export function storyAfter(
  events: readonly TelephonyEvent[],
  { callId = 'c1', names = plainNames }: { callId?: string; names?: StoryNames } = {},
): Story {
  const ids = new Set(events.flatMap(event => (event.type === 'call-started' ? [event.callId] : [])));
  const others = [...ids].filter(id => id !== callId).map(id => journalled(id, events));
  return storyOf(journalled(callId, events), others, names);
}

const nameOf = ({ number }: StoryParty): string => number;

/** One stretch in words, without times: `talk 1001`, `transfer 1001 to 2001 (busy)`. */
export function inWords({ kind, parties, by, queueId, isReturn, transfer, reason, rings }: Stretch): string {
  return [
    kind,
    ...(queueId === null ? [] : [queueId]),
    ...(isReturn ? ['again'] : []),
    ...(by === null ? [] : [`by ${nameOf(by)}`]),
    ...(parties.length === 0 ? [] : [parties.map(nameOf).toSorted().join(' + ')]),
    ...(transfer === null ? [] : [`(${transfer.kind}: ${String(transfer.outcome)})`]),
    ...(reason === null ? [] : [`“${reason}”`]),
    ...(rings.length === 0 ? [] : [`[${rings.map(({ party }) => nameOf(party)).join(', ')}]`]),
  ].join(' ');
}

/** With its length in seconds. */
export const timed = (stretch: Stretch): string =>
  `${inWords(stretch)} ${stretch.endedAt === null ? '…' : (stretch.endedAt - stretch.startedAt) / 1000}`;

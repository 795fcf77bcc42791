import { endCause } from '../../src-shared/call/end-cause';
import type { JournalledCall, RecentCall } from '../../src-shared/server-api/rest-routes';
import type { WrittenOutcome } from '../../src-shared/wrap-up/wrap-up';
import { z } from 'zod';
import type { CallEventRecord, CallRecord, LegRecord } from '../database/call-table';

/** Whose eyes: an agent sees their own part of a call; null sees the call as a whole (supervisors). */
export type Viewer = string | null;

const legsOf = (call: CallRecord, viewer: Viewer): readonly LegRecord[] =>
  call.legs.filter(leg => (viewer === null ? leg.role === 'agent' : leg.personId === viewer));

/** The leg that tells the story: the one that was answered, else the last that was tried. */
const mainLeg = (legs: readonly LegRecord[]): LegRecord | undefined =>
  legs.findLast(leg => leg.answeredAt !== null) ?? legs.at(-1);

const cause = (text: string | null): RecentCall['endCause'] => endCause.nullable().catch('failed').parse(text);

const isCallers = (call: CallRecord, leg: LegRecord): boolean => leg.extension === call.from.number;

/** When this phone and somebody else were both up. Who placed the call may have picked up first (click-to-dial), or talk with a service alone. */
function conversationBegan(call: CallRecord, leg: LegRecord): number | null {
  if (!isCallers(call, leg)) return leg.answeredAt;
  if (call.answeredAt !== null) return call.answeredAt;
  return call.legs.every(each => isCallers(call, each)) ? leg.answeredAt : null;
}

/** The part of a call that one person's line in the list tells. */
type OwnPart = Pick<LegRecord, 'startedAt' | 'answeredAt' | 'endedAt' | 'endCause'>;

/** Who placed the call sees how the call went, up to where they left it; the others see their own leg. */
function ownPart(call: CallRecord, leg: LegRecord | undefined): OwnPart {
  if (leg === undefined) return call;
  if (!isCallers(call, leg)) return leg;
  const hasLeft = leg.endCause === 'transferred' || call.endedAt === null;
  return {
    startedAt: call.startedAt,
    answeredAt: conversationBegan(call, leg),
    endedAt: hasLeft ? leg.endedAt : call.endedAt,
    endCause: hasLeft ? leg.endCause : call.endCause,
  };
}

/** Who called; where that was a phone outside the centre that gave its call over, whom it had. */
function callerOf(call: CallRecord): CallRecord['from'] {
  const [caller, ...others] = call.legs.filter(({ role }) => role === 'customer');
  const taker = caller?.endCause === 'transferred' ? others[0] : undefined;
  return taker === undefined ? call.from : { number: taker.number, name: null };
}

/** Whom this person had at the other end. Who came into a call that a colleague placed has the one who was called. */
function remoteOf(call: CallRecord, leg: LegRecord | undefined): CallRecord['from'] {
  if (leg !== undefined && isCallers(call, leg)) return call.to;
  if (call.direction === 'inbound') return callerOf(call);
  if (call.direction === 'outbound' || leg === undefined) return call.to;
  const isCallerGone = call.legs.some(each => isCallers(call, each) && each.endCause === 'transferred');
  return isCallerGone && leg.number !== call.to.number ? call.to : call.from;
}

/** Why this person did not get a call that rang at their phone: how the last ringing ended. */
function missedBy(legs: readonly LegRecord[]): RecentCall['missedCause'] {
  const outcomes = legs.flatMap(leg => leg.offerOutcome ?? []);
  const last = outcomes.at(-1);
  if (last === undefined || last === 'answered' || outcomes.includes('answered')) return null;
  return last;
}

/** The one outside of a call, or who was called. */
export const callPartyOf = (call: CallRecord): CallRecord['from'] => remoteOf(call, undefined);

/** What a record of this part of a call needs besides its line in "recent calls". */
export function partOf(
  call: CallRecord,
  viewer: Viewer,
): { isPlacedHere: boolean; queueId: string | null; ringingMs: number } {
  const leg = viewer === null ? undefined : mainLeg(legsOf(call, viewer));
  const others = call.legs.filter(each => each.personId !== viewer || each.personId === null);
  const rang = others.map(each => (each.endedAt ?? each.startedAt) - each.startedAt);
  return {
    isPlacedHere: leg !== undefined && isCallers(call, leg),
    queueId: leg?.queueId ?? call.queueId,
    ringingMs: Math.max(0, ...rang),
  };
}

/** One line of "recent calls", as this person lived it. */
export function recentCallOf(call: CallRecord, viewer: Viewer): RecentCall {
  const leg = viewer === null ? undefined : mainLeg(legsOf(call, viewer));
  const remote = remoteOf(call, leg);
  const own = ownPart(call, leg);
  return {
    callId: call.id,
    direction: call.direction,
    remoteNumber: remote.number,
    remoteName: remote.name,
    queueName: leg?.queueName ?? call.queueName,
    startedAt: own.startedAt,
    answeredAt: own.answeredAt,
    endedAt: own.endedAt,
    endCause: cause(own.endCause),
    missedCause: viewer === null ? null : missedBy(legsOf(call, viewer)),
    hasRecording: recordingOf(call, viewer) !== null,
  };
}

/** A recording is for those who talked in the call. */
function recordingOf(call: CallRecord, viewer: Viewer): string | null {
  const hasTalked = viewer === null || legsOf(call, viewer).some(leg => leg.answeredAt !== null);
  return hasTalked ? (call.recordingIds.at(-1) ?? null) : null;
}

/** What belongs to a call besides its figures. */
export interface CallStory {
  readonly events: readonly CallEventRecord[];
  readonly consultCallIds: readonly string[];
  readonly outcomes: readonly WrittenOutcome[];
}

/** One call with legs, events and times; `now` closes what still runs. */
export function journalledCallOf(
  call: CallRecord,
  { events, consultCallIds, outcomes }: CallStory,
  viewer: Viewer,
  now: number,
): JournalledCall {
  const legs = legsOf(call, viewer);
  const holdOf = (leg: LegRecord): number =>
    leg.holdMs + (leg.heldSince === null ? 0 : Math.max(0, now - leg.heldSince));
  const lengthOf = (leg: LegRecord): number => {
    const began = leg.answeredAt === null ? null : conversationBegan(call, leg);
    return began === null ? 0 : Math.max(0, (leg.endedAt ?? now) - Math.max(began, leg.answeredAt ?? 0));
  };
  const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
  const holdMs = sum(legs.map(holdOf));
  return {
    ...recentCallOf(call, viewer),
    queueWaitMs:
      call.queueJoinedAt === null
        ? null
        : call.queueWaitMs + (call.waitingSince === null ? 0 : Math.max(0, now - call.waitingSince)),
    talkMs: Math.max(0, sum(legs.map(lengthOf)) - holdMs),
    holdMs,
    legs: call.legs.map(leg => ({
      legId: leg.id,
      role: leg.role,
      number: leg.number,
      extension: leg.extension,
      startedAt: leg.startedAt,
      answeredAt: leg.answeredAt,
      endedAt: leg.endedAt,
      endCause: leg.endCause,
      offerOutcome: leg.offerOutcome,
    })),
    events: events.map(event => ({
      at: event.at,
      type: event.type,
      legId: event.legId,
      detail: detailSchema.parse(JSON.parse(event.detail)),
    })),
    recordingId: recordingOf(call, viewer),
    consultCallIds: [...consultCallIds],
    outcomes: [...outcomes],
    continuedIn: call.continuedIn,
  };
}
const detailSchema = z.record(z.string(), z.json());

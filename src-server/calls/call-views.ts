import { endCause } from '../../src-shared/call/end-cause';
import type { JournalledCall, RecentCall } from '../../src-shared/server-api/rest-routes';
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

/** One line of "recent calls". The one who placed the call sees whom they called and how the call ended; the others see their own leg. */
export function recentCallOf(call: CallRecord, viewer: Viewer): RecentCall {
  const leg = viewer === null ? undefined : mainLeg(legsOf(call, viewer));
  const isCaller = leg !== undefined && leg.extension === call.from.number;
  const remote =
    viewer === null ? (call.direction === 'inbound' ? call.from : call.to) : isCaller ? call.to : call.from;
  const own = leg === undefined || isCaller ? { ...call, answeredAt: call.answeredAt ?? leg?.answeredAt ?? null } : leg;
  return {
    callId: call.id,
    direction: call.direction,
    remoteNumber: remote.number,
    remoteName: remote.name,
    queueName: call.queueName,
    startedAt: own.startedAt,
    answeredAt: own.answeredAt,
    endedAt: own.endedAt,
    endCause: cause(own.endCause),
    hasRecording: recordingOf(call, viewer) !== null,
  };
}

/** A recording is for those who talked in the call. */
function recordingOf(call: CallRecord, viewer: Viewer): string | null {
  const hasTalked = viewer === null || legsOf(call, viewer).some(leg => leg.answeredAt !== null);
  return hasTalked ? (call.recordingIds.at(-1) ?? null) : null;
}

/** One call with legs, events and times; `now` closes what still runs. */
export function journalledCallOf(
  call: CallRecord,
  events: readonly CallEventRecord[],
  viewer: Viewer,
  now: number,
): JournalledCall {
  const legs = legsOf(call, viewer);
  const holdOf = (leg: LegRecord): number =>
    leg.holdMs + (leg.heldSince === null ? 0 : Math.max(0, now - leg.heldSince));
  const lengthOf = (leg: LegRecord): number =>
    leg.answeredAt === null ? 0 : Math.max(0, (leg.endedAt ?? now) - leg.answeredAt);
  const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
  const holdMs = sum(legs.map(holdOf));
  return {
    ...recentCallOf(call, viewer),
    queueWaitMs:
      call.queueJoinedAt === null ? null : Math.max(0, (call.queueLeftAt ?? call.endedAt ?? now) - call.queueJoinedAt),
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
    })),
    events: events.map(event => ({
      at: event.at,
      type: event.type,
      legId: event.legId,
      detail: detailSchema.parse(JSON.parse(event.detail)),
    })),
    recordingId: recordingOf(call, viewer),
  };
}
const detailSchema = z.record(z.string(), z.json());

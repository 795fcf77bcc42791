import type { AgentEvent, AgentStatus } from '../../src-shared/agent/agent-state';
import { AppError } from '../../src-shared/errors/app-error';
import { appPauseReasons } from '../../src-shared/policy/agent-policy';
import type { WantedAvailability } from '../../src-shared/server-api/agent-routes';
import type { Person } from '../database/person-table';

export const isWorking = ({ state }: AgentStatus): boolean =>
  state === 'reserved' || state === 'on-call' || state === 'wrap-up';
/** Signed in and not on a break. */
export const isAtWork = (status: AgentStatus): boolean => status.state === 'available' || isWorking(status);

export interface AskedParts {
  /** The state after an event; the same state when the machine does not take it. */
  readonly move: (status: AgentStatus, event: AgentEvent) => AgentStatus;
  /** Somebody else who asks; null for the person. */
  readonly by: Person | null;
  readonly isReachable: boolean;
  readonly hasDeskPhone: boolean;
  readonly isReasonKnown: (id: string) => boolean;
}

/**
 * The state that somebody asks for. Pure.
 * @throws AppError `agent/not-allowed`, `agent/reason-unknown`, `line/not-ready`, `line/phone-not-registered`
 */
export function availabilityAsked(present: AgentStatus, wanted: WantedAvailability, parts: AskedParts): AgentStatus {
  if (present.state === 'signed-out') throw new AppError('agent/not-allowed', 'not signed in');
  const after =
    wanted.state === 'available' ? availableAsked(present, parts) : breakAsked(present, wanted.reason, parts);
  if (JSON.stringify(after) === JSON.stringify(present)) return present;
  return { ...after, changedBy: parts.by === null ? null : { displayName: parts.by.displayName } };
}

function breakAsked(present: AgentStatus, reason: string, parts: AskedParts): AgentStatus {
  // Asked twice; the reason may have been taken off the list meanwhile.
  if (present.nextBreak === reason || (present.state === 'on-break' && present.reason === reason)) return present;
  const isOfApp = parts.by === null && appPauseReasons.some(known => known === reason);
  if (!isOfApp && !parts.isReasonKnown(reason)) throw new AppError('agent/reason-unknown', `no reason ${reason}`);
  return parts.move(present, { type: isWorking(present) ? 'break-planned' : 'break-started', reason });
}

function availableAsked(present: AgentStatus, { move, by, isReachable, hasDeskPhone }: AskedParts): AgentStatus {
  if (present.state === 'available') return present;
  if (present.state === 'reserved' || present.state === 'on-call')
    return move(present, { type: 'break-planned', reason: null });
  if (!isReachable)
    throw new AppError(hasDeskPhone ? 'line/phone-not-registered' : 'line/not-ready', 'the phone is not registered');
  // Only who sits there can say that the headset is back.
  if (by !== null && present.reason === 'device') throw new AppError('agent/not-allowed', 'a device is missing');
  if (present.state === 'wrap-up')
    return move(move(present, { type: 'break-planned', reason: null }), { type: 'wrap-up-done' });
  return move(present, { type: 'became-available' });
}

/** @throws AppError `agent/not-allowed`, `agent/reason-unknown` */
export function queuePauseAsked(
  present: AgentStatus,
  { queueId, reason }: { readonly queueId: string; readonly reason: string | null },
  isReasonKnown: (id: string) => boolean,
): AgentStatus {
  if (present.state === 'signed-out') throw new AppError('agent/not-allowed', 'not signed in');
  const former = present.queuePauses.find(pause => pause.queueId === queueId);
  if ((former?.reason ?? null) === reason) return present;
  if (reason !== null && !isReasonKnown(reason)) throw new AppError('agent/reason-unknown', `no reason ${reason}`);
  const others = present.queuePauses.filter(pause => pause !== former);
  return { ...present, queuePauses: reason === null ? others : [...others, { queueId, reason }] };
}

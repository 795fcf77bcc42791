import type { EndCause } from '../../../../src-shared/call/end-cause';
import { endCauseOfOffer, offerEndOfSipStatus } from '../../offer-ends';
import type { OfferEnd } from '../../telephony';
import { endCauseOfCalled, endCauseOfQ850 } from './cause-tables';
import type { TrackedLeg } from './tracked-leg';

/** What has happened in a call up to now, as far as it says why something of it ends. */
export interface CallSoFar {
  hasWaited: boolean;
  hasConnected: boolean;
  /** Two of them talk, or did so last. */
  isTalking: boolean;
  /** Somebody was called besides the first, over the trunk or at a phone: there was more to wait for than an echo. */
  hasCalled: boolean;
  hasCallerLeft: boolean;
  /** The centre ends it for who placed it, before anybody has talked. */
  isTakenBack: boolean;
  /** The party of a failed transfer cannot be taken back anywhere. */
  isLost: boolean;
  /** Why the last one we called did not talk: that is why the call failed. */
  lastCause: EndCause | null;
}

export const nothingSoFar: Readonly<CallSoFar> = {
  hasWaited: false,
  hasConnected: false,
  isTalking: false,
  hasCalled: false,
  hasCallerLeft: false,
  isTakenBack: false,
  isLost: false,
  lastCause: null,
};

export interface EndingCall {
  /** All that have not ended; one whose channel is gone may be among them. */
  readonly legs: ReadonlyMap<string, TrackedLeg>;
  /** Whose call it was in the beginning. */
  readonly first: TrackedLeg;
  /** The queue in which it is, now. */
  readonly waitsIn: string | null;
  readonly soFar: Readonly<CallSoFar>;
}

/** Why a phone that was rung, and did not get the call, rings no more. */
export function offerEndOf(leg: TrackedLeg, call: EndingCall): Exclude<OfferEnd, 'answered'> {
  if (leg.isWithdrawn) return 'state-changed';
  if (leg.isLost) return 'line-lost';
  if (leg.sipStatus !== null) return offerEndOfSipStatus(leg.sipStatus);
  const { isTalking, hasCallerLeft } = call.soFar;
  if (isTalking || [...call.legs.values()].some(other => other !== leg && other.isPickedUp && !other.isAnswered))
    return 'answered-elsewhere';
  if (hasCallerLeft) return 'caller-left';
  return leg.hasTimedOut ? 'ring-no-answer' : 'failed';
}

/** Why a leg ended that is not the one whose call it is. @param q850 of its channel, 0 when nobody told it */
export function causeOfSecond(leg: TrackedLeg, call: EndingCall, q850: number): EndCause {
  if (leg.isAnswered) return 'completed';
  if (leg.isOffer) return endCauseOfOffer[offerEndOf(leg, call)];
  if (leg.sipStatus !== null) return endCauseOfCalled(leg.sipStatus, q850);
  if (call.soFar.hasCallerLeft) return call.soFar.hasConnected ? 'caller-cancelled' : 'agent-cancelled';
  return leg.hasTimedOut ? 'no-answer' : endCauseOfQ850(q850);
}

/** @param q850 of the channel with which it ended */
export function causeOfCall(call: EndingCall, q850: number): EndCause {
  const { first, soFar } = call;
  if (soFar.isLost) return 'unreachable';
  if (soFar.hasConnected) return 'completed';
  if (soFar.isTakenBack) return 'agent-cancelled';
  if (first.isRungFirst && !first.isAnswered) return causeOfOwnPhone(first, q850);
  if (soFar.hasCallerLeft) {
    if (first.role === 'customer') return 'caller-cancelled';
    return first.isAnswered && (soFar.hasWaited || !soFar.hasCalled) ? 'completed' : 'agent-cancelled';
  }
  return call.waitsIn === null ? (soFar.lastCause ?? causeOfRung(call) ?? endCauseOfQ850(q850)) : 'unreachable';
}

/** Whom we called refused: the dialplan hangs up in the caller's name, who has not left. */
export function isRefused(call: EndingCall): boolean {
  if (call.soFar.hasConnected || call.waitsIn !== null) return false;
  return call.soFar.lastCause !== null || othersOf(call).some(leg => leg.sipStatus !== null);
}

/** Why whom we called did not talk, when its channel is not gone yet. */
function causeOfRung(call: EndingCall): EndCause | null {
  const rung = othersOf(call).find(leg => leg.hasTimedOut || leg.sipStatus !== null);
  return rung === undefined ? null : causeOfSecond(rung, call, 0);
}

const othersOf = ({ legs, first }: EndingCall): readonly TrackedLeg[] =>
  [...legs.values()].filter(leg => leg !== first);

/** Click-to-dial: why the own phone of who calls was not picked up. Asterisk calls it 480 when we stop the ringing. */
function causeOfOwnPhone(leg: TrackedLeg, q850: number): EndCause {
  if (leg.hasTimedOut) return 'no-answer';
  if (leg.sipStatus === null) return endCauseOfQ850(q850);
  const meant = offerEndOfSipStatus(leg.sipStatus);
  return meant === 'failed' ? endCauseOfCalled(leg.sipStatus, q850) : endCauseOfOffer[meant];
}

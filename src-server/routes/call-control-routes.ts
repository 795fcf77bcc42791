import type { Clock } from '../../src-shared/base/clock';
import { parseDialString } from '../../src-shared/customers/phone-number';
import { AppError } from '../../src-shared/errors/app-error';
import type { CallJournal } from '../calls/call-journal';
import type { RunningCalls } from '../calls/running-calls';
import { appendAudit } from '../database/audit-table';
import type { WritableDb } from '../database/tables';
import type { CallControl } from '../telephony/telephony';
import type { RouteAnswers, RouteContext } from './answer-routes';

export interface CallControlRouteParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly telephony: CallControl;
  readonly runningCalls: RunningCalls;
  readonly journal: CallJournal;
}
type Answers = Pick<
  RouteAnswers,
  | 'calls.dial'
  | 'calls.recording'
  | 'calls.merge'
  | 'calls.transfer'
  | 'calls.complete'
  | 'calls.party-mute'
  | 'calls.party-drop'
>;

const done = { done: true } as const;

/** What a person may do with the calls in which they talk themselves. Everybody else's are unknown, whether they exist or not. */
export function callControlRoutes(parts: CallControlRouteParts): Answers {
  const { db, clock, telephony, runningCalls } = parts;
  const extensionIn = (callId: string, context: RouteContext): string => extensionOf(parts, callId, context);
  /** A party of my call; my own part is the phone's to end or mute. */
  const checkParty = (callId: string, legId: string, context: RouteContext): void => {
    const extension = extensionIn(callId, context);
    const leg = runningCalls.leg(callId, legId);
    if (leg === undefined) throw new AppError('not-found', 'no such party');
    if (leg.extension === extension) throw new AppError('call/not-allowed', 'one’s own part');
  };
  return {
    ...sendingRoutes(parts),
    'calls.dial': async ({ number }, context) => {
      const { extension } = context.signedIn().person;
      const parsed = parseDialString(number);
      if (!parsed.ok) throw new AppError(parsed.problem);
      return { callId: await telephony.dial(extension, parsed.number) };
    },
    'calls.recording': async ({ callId, isPaused }, context) => {
      extensionIn(callId, context);
      await telephony.setRecordingPaused(callId, isPaused);
      await appendAudit(db, {
        at: clock.now(),
        personId: context.signedIn().person.id,
        action: isPaused ? 'recording.paused' : 'recording.resumed',
        subject: callId,
        detail: '',
        remoteAddress: context.remoteAddress,
      });
      return done;
    },
    'calls.party-mute': async ({ callId, legId, isMuted }, context) => {
      checkParty(callId, legId, context);
      await telephony.setPartyMuted(callId, legId, isMuted);
      return done;
    },
    'calls.party-drop': async ({ callId, legId }, context) => {
      checkParty(callId, legId, context);
      await telephony.dropParty(callId, legId);
      return done;
    },
  };
}

/** @throws AppError `call/unknown` unless the person's phone is up in the call */
function extensionOf({ runningCalls }: CallControlRouteParts, callId: string, context: RouteContext): string {
  const { extension } = context.signedIn().person;
  if (!runningCalls.talksIn(extension, callId)) throw new AppError('call/unknown');
  return extension;
}

/** Two calls into one, and one call to somebody else. */
function sendingRoutes(
  parts: CallControlRouteParts,
): Pick<Answers, 'calls.merge' | 'calls.transfer' | 'calls.complete'> {
  const { telephony, runningCalls, journal } = parts;
  const merge = async (callId: string, consultCallId: string, context: RouteContext): Promise<string> => {
    const extension = extensionOf(parts, callId, context);
    extensionOf(parts, consultCallId, context);
    if (callId === consultCallId) throw new AppError('call/not-allowed', 'one call twice');
    await telephony.mergeCalls(callId, consultCallId);
    journal.continues(consultCallId, callId);
    return extension;
  };
  return {
    'calls.merge': async ({ callId, consultCallId }, context) => {
      await merge(callId, consultCallId, context);
      return done;
    },
    'calls.transfer': async ({ callId, number }, context) => {
      const extension = extensionOf(parts, callId, context);
      const parsed = parseDialString(number);
      if (!parsed.ok) throw new AppError(parsed.problem);
      await telephony.transferCall(callId, extension, parsed.number);
      return done;
    },
    'calls.complete': async ({ callId, consultCallId }, context) => {
      const extension = await merge(callId, consultCallId, context);
      // All of them are in one room now: whatever fails from here on, nobody is alone.
      const own = runningCalls.call(callId)?.legs.find(leg => leg.extension === extension && leg.endCause === null);
      if (own !== undefined) await telephony.dropParty(callId, own.legId);
      return done;
    },
  };
}

import type { Clock } from '../../src-shared/base/clock';
import { parseDialString } from '../../src-shared/customers/phone-number';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentDirectory } from '../agents/agent-directory';
import type { CallJournal } from '../calls/call-journal';
import type { RunningCalls } from '../calls/running-calls';
import { checkJoining, checkSending } from '../calls/sending-rule';
import { appendAudit } from '../database/audit-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { CallControl } from '../telephony/telephony';
import type { RouteAnswers, RouteContext } from './answer-routes';

export interface CallControlRouteParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly telephony: CallControl;
  readonly runningCalls: RunningCalls;
  readonly journal: CallJournal;
  readonly directory: AgentDirectory;
  readonly policyDesk: PolicyDesk;
}
type Answers = Pick<
  RouteAnswers,
  | 'calls.dial'
  | 'calls.recording'
  | 'calls.merge'
  | 'calls.transfer'
  | 'calls.complete'
  | 'calls.hold'
  | 'calls.send-on'
  | 'calls.hang-up'
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
    'calls.hold': async ({ callId, isHeld }, context) => {
      const extension = extensionIn(callId, context);
      // A phone that is the app holds by itself; held twice it would not come off hold.
      if (context.signedIn().person.deskPhone === null) throw new AppError('call/not-allowed', 'no desk phone');
      await telephony.setHeld(callId, extension, isHeld);
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

/** Two calls into one, one call to somebody else, and the end of one's own part. */
function sendingRoutes(
  parts: CallControlRouteParts,
): Pick<Answers, 'calls.merge' | 'calls.transfer' | 'calls.send-on' | 'calls.complete' | 'calls.hang-up'> {
  const { telephony, runningCalls, journal } = parts;
  /** @returns the extension of who has both */
  const checkBoth = (callId: string, consultCallId: string, context: RouteContext): string => {
    const extension = extensionOf(parts, callId, context);
    extensionOf(parts, consultCallId, context);
    if (callId === consultCallId) throw new AppError('call/not-allowed', 'one call twice');
    checkJoining(context.signedIn().person, [callId, consultCallId], parts);
    return extension;
  };
  return {
    'calls.merge': async ({ callId, consultCallId }, context) => {
      checkBoth(callId, consultCallId, context);
      await telephony.mergeCalls(callId, consultCallId);
      journal.continues(consultCallId, callId);
      return done;
    },
    'calls.transfer': async ({ callId, number }, context) => {
      const extension = extensionOf(parts, callId, context);
      await telephony.transferCall(callId, extension, checkSending(context.signedIn().person, number, parts));
      return done;
    },
    'calls.send-on': async ({ callId, number }, context) => {
      const { person } = context.signedIn();
      const { extension } = person;
      if (!runningCalls.mayBeSentOn(extension, callId)) throw new AppError('call/unknown');
      // A phone that is the app takes the call and sends it on by itself.
      if (person.deskPhone === null) throw new AppError('call/not-allowed', 'no desk phone');
      await telephony.sendOn(callId, extension, checkSending(person, number, parts));
      return done;
    },
    'calls.complete': async ({ callId, consultCallId }, context) => {
      const extension = checkBoth(callId, consultCallId, context);
      await telephony.completeTransfer(callId, consultCallId, extension);
      return done;
    },
    'calls.hang-up': async ({ callId }, context) => {
      const { extension } = context.signedIn().person;
      if (!runningCalls.mayLeave(extension, callId)) throw new AppError('call/unknown');
      await telephony.hangUpFor(callId, extension);
      return done;
    },
  };
}

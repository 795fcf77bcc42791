import type { AgentDesk } from '../agents/agent-desk';
import type { LiveHub } from '../live/live-hub';
import type { PolicyDesk } from '../policy/policy-desk';
import { CallJournal, type CallJournalParts } from './call-journal';
import { ConsultDesk } from './consult-desk';
import { DeskCalls } from './desk-calls';
import { PhoneMutes } from './phone-mutes';
import type { LiveQueues } from '../queues/live-queues';
import { OwnCalls } from './own-calls';
import { TelephonyWatch } from '../telephony/telephony-watch';
import type { RunningCalls } from './running-calls';
import { shownRecentCall } from './shown-calls';

export type CallParts = Omit<CallJournalParts, 'isReachable' | 'onJournalled'> & {
  readonly runningCalls: RunningCalls;
  readonly policyDesk: PolicyDesk;
  readonly agentDesk: AgentDesk;
  readonly liveQueues: Pick<LiveQueues, 'shownNumber'>;
  readonly hub: LiveHub;
};

/** What is written of calls, and who is told what of those that run. */
export function createCalls(parts: CallParts): {
  journal: CallJournal;
  deskCalls: DeskCalls;
  ownCalls: OwnCalls;
  consultDesk: ConsultDesk;
  telephonyWatch: TelephonyWatch;
  phoneMutes: PhoneMutes;
} {
  const { directory, policyDesk, agentDesk, hub } = parts;
  const publish = hub.publish.bind(hub);
  const numbers = () => policyDesk.policy.numbers;
  const journal = new CallJournal({
    ...parts,
    isReachable: extension => {
      const person = directory.personAt(extension);
      return person === undefined || agentDesk.isReachable(person);
    },
    onJournalled: (personId, call) =>
      publish(personId, { type: 'call.journalled', call: shownRecentCall(call, numbers()) }),
  });
  const deskCalls = new DeskCalls({ ...parts, numbers, publish });
  const ownCalls = new OwnCalls({ ...parts, shownNumber: number => parts.liveQueues.shownNumber(number), publish });
  const consultDesk = new ConsultDesk({
    ...parts,
    numbers,
    callsWritten: () => journal.settled(),
    write: (callId, event) => journal.add(callId, event),
    publish: hub.publishNewest.bind(hub),
  });
  const phoneMutes = new PhoneMutes({ ...parts, write: (callId, event) => journal.add(callId, event) });
  const telephonyWatch = new TelephonyWatch({
    directory,
    isSignedIn: personId => agentDesk.statusOf(personId).state !== 'signed-out',
    publish,
  });
  return { journal, deskCalls, ownCalls, consultDesk, phoneMutes, telephonyWatch };
}

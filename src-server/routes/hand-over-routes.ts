import { AppError } from '../../src-shared/errors/app-error';
import type { AgentDirectory } from '../agents/agent-directory';
import type { CallJournal } from '../calls/call-journal';
import type { ConsultDesk } from '../calls/consult-desk';
import { customerCardOf } from '../calls/customer-card-of';
import type { PhoneMutes } from '../calls/phone-mutes';
import { storyOfCall } from '../calls/story-of-call';
import { type CallRecord, callRecords } from '../database/call-table';
import type { Person } from '../database/person-table';
import type { ReadableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { RouteAnswers } from './answer-routes';

export interface HandOverRouteParts {
  readonly db: ReadableDb;
  readonly directory: AgentDirectory;
  readonly policyDesk: PolicyDesk;
  readonly consultDesk: ConsultDesk;
  readonly journal: CallJournal;
  readonly phoneMutes: PhoneMutes;
}

type Answers = Pick<RouteAnswers, 'calls.consult' | 'calls.customer' | 'calls.story' | 'calls.phone-mute'>;

export function handOverRoutes(parts: HandOverRouteParts): Answers {
  const { db, directory, policyDesk, consultDesk, journal, phoneMutes } = parts;
  /** A stranger's call and no call are one answer: ids cannot be tried out. */
  const visibleCall = async (callId: string, person: Person): Promise<CallRecord> => {
    await journal.settled(); // it may have begun just now
    const [record] = await callRecords(db, [callId]);
    if (record === undefined) throw new AppError('call/unknown');
    const hasPart = record.legs.some(leg => leg.personId === person.id);
    if (hasPart || mayLead(record, person, directory) || consultDesk.concerns(person, callId)) return record;
    throw new AppError('call/unknown');
  };
  const shown = (): { db: ReadableDb; directory: AgentDirectory; numbers: 'full' | 'masked' } => ({
    db,
    directory,
    numbers: policyDesk.policy.numbers,
  });
  return {
    'calls.consult': async (asked, context) => {
      await consultDesk.ask(context.signedIn().person, asked);
      return { done: true };
    },
    'calls.customer': async ({ callId }, context) => {
      const { person } = context.signedIn();
      return customerCardOf(await visibleCall(callId, person), person.extension, shown());
    },
    'calls.story': async ({ callId }, context) =>
      storyOfCall(await visibleCall(callId, context.signedIn().person), shown()),
    'calls.phone-mute': async (told, context) => {
      phoneMutes.told(context.signedIn().person, told);
      return { done: true };
    },
  };
}

/** Calls of the team, and those that nobody of the centre has had. */
function mayLead(call: CallRecord, person: Person, directory: AgentDirectory): boolean {
  if (person.role === 'agent') return false;
  const people = call.legs.flatMap(({ personId }) => personId ?? []);
  return people.length === 0 || people.some(personId => directory.isLedBy(personId, person));
}

import { AppError } from '../../src-shared/errors/app-error';
import type { AgentDirectory } from '../agents/agent-directory';
import type { CallJournal } from '../calls/call-journal';
import type { ConsultDesk } from '../calls/consult-desk';
import { customerCardOf } from '../calls/customer-card-of';
import { callRecords } from '../database/call-table';
import type { ReadableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { RouteAnswers } from './answer-routes';

export interface HandOverRouteParts {
  readonly db: ReadableDb;
  readonly directory: AgentDirectory;
  readonly policyDesk: PolicyDesk;
  readonly consultDesk: ConsultDesk;
  readonly journal: CallJournal;
}

export function handOverRoutes(parts: HandOverRouteParts): Pick<RouteAnswers, 'calls.consult' | 'calls.customer'> {
  const { db, directory, policyDesk, consultDesk, journal } = parts;
  return {
    'calls.consult': async (asked, context) => {
      await consultDesk.ask(context.signedIn().person, asked);
      return { done: true };
    },
    'calls.customer': async ({ callId }, context) => {
      const { person } = context.signedIn();
      await journal.settled(); // it may have begun just now
      const [record] = await callRecords(db, [callId]);
      const hasPart = record?.legs.some(leg => leg.personId === person.id) === true;
      const maySee = hasPart || person.role !== 'agent' || consultDesk.concerns(person, callId);
      if (record === undefined || !maySee) throw new AppError('call/unknown');
      return customerCardOf(record, person.extension, { db, directory, numbers: policyDesk.policy.numbers });
    },
  };
}

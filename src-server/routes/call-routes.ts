import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentDirectory } from '../agents/agent-directory';
import type { CallJournal } from '../calls/call-journal';
import { journalledCallOf, recentCallOf } from '../calls/call-views';
import { shownJournalledCall, shownRecentCall } from '../calls/shown-calls';
import { outcomesOf } from '../database/call-outcome-table';
import { callEvents, callRecords, consultationsOf, recentCallIdsOf } from '../database/call-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { RouteAnswers } from './answer-routes';

export interface CallRouteParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly directory: AgentDirectory;
  readonly journal: CallJournal;
  readonly policyDesk: PolicyDesk;
}

/** One's own newest calls, and the whole of one. */
export function callRoutes(parts: CallRouteParts): Pick<RouteAnswers, 'calls.recent' | 'calls.one'> {
  const { db, clock, directory, journal, policyDesk } = parts;
  const isInside = (number: string): boolean =>
    directory.personAt(number) !== undefined || directory.queueAt(number) !== undefined;
  return {
    'calls.recent': async (input, context) => {
      const { person } = context.signedIn();
      const records = await callRecords(db, await recentCallIdsOf(db, person.id, input.limit));
      return {
        calls: records
          .map(record => shownRecentCall(recentCallOf(record, person.id), policyDesk.policy.numbers))
          .toSorted((a, b) => b.startedAt - a.startedAt),
      };
    },
    'calls.one': async (input, context) => {
      const { person } = context.signedIn();
      await journal.settled(); // something of it may have happened just now
      const [record] = await callRecords(db, [input.callId]);
      const hasPart = record?.legs.some(leg => leg.personId === person.id) === true;
      // A stranger's call and no call are one answer: ids cannot be tried out.
      if (record === undefined || (!hasPart && person.role === 'agent')) throw new AppError('call/unknown');
      const story = {
        events: await callEvents(db, record.id),
        consultCallIds: await consultationsOf(db, record.id),
        outcomes: await outcomesOf(db, record.id),
      };
      const call = journalledCallOf(record, story, hasPart ? person.id : null, clock.now());
      return shownJournalledCall(call, policyDesk.policy.numbers, isInside);
    },
  };
}

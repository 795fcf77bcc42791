import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import { journalledCallOf, recentCallOf } from '../calls/call-views';
import { outcomesOf } from '../database/call-outcome-table';
import { callEvents, callRecords, consultationsOf, recentCallIdsOf } from '../database/call-table';
import type { WritableDb } from '../database/tables';
import type { RouteAnswers } from './answer-routes';

export function callRoutes(db: WritableDb, clock: Clock): Pick<RouteAnswers, 'calls.recent' | 'calls.one'> {
  return {
    'calls.recent': async (input, context) => {
      const { person } = context.signedIn();
      const records = await callRecords(db, await recentCallIdsOf(db, person.id, input.limit));
      return {
        calls: records.map(record => recentCallOf(record, person.id)).toSorted((a, b) => b.startedAt - a.startedAt),
      };
    },
    'calls.one': async (input, context) => {
      const { person } = context.signedIn();
      const [record] = await callRecords(db, [input.callId]);
      const hasPart = record?.legs.some(leg => leg.personId === person.id) === true;
      // A stranger's call and no call are one answer: ids cannot be tried out.
      if (record === undefined || (!hasPart && person.role === 'agent')) throw new AppError('call/unknown');
      const story = {
        events: await callEvents(db, record.id),
        consultCallIds: await consultationsOf(db, record.id),
        outcomes: await outcomesOf(db, record.id),
      };
      return journalledCallOf(record, story, hasPart ? person.id : null, clock.now());
    },
  };
}

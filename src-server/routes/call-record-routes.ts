import { parseDialString } from '../../src-shared/customers/phone-number';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentDirectory } from '../agents/agent-directory';
import { callRecordOf, partsOfRecordId } from '../calls/call-record-views';
import { changeCursor, versionIn } from '../calls/change-cursor';
import { scopeOf } from '../calls/record-scope';
import { callRecordRow, changedCallRecords } from '../database/call-record-changes';
import { searchCallRecords, withRecordings } from '../database/call-record-search';
import { lastChangeNumber } from '../database/change-number';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { CallControl } from '../telephony/telephony';
import type { RouteAnswers } from './answer-routes';

export interface CallRecordRouteParts {
  readonly db: WritableDb;
  readonly directory: AgentDirectory;
  readonly policyDesk: PolicyDesk;
  readonly telephony: Pick<CallControl, 'dial'>;
}
type Answers = Pick<RouteAnswers, 'records.search' | 'records.changes' | 'records.call-back'>;

/** Calls of the past, for those who may see them. */
export function callRecordRoutes({ db, directory, policyDesk, telephony }: CallRecordRouteParts): Answers {
  const shownAs = () => ({ directory, isMasked: policyDesk.policy.numbers === 'masked' });
  return {
    'records.search': async (query, context) => {
      const as = shownAs();
      const scope = scopeOf(context.signedIn().person, directory);
      const { rows, nextCursor } = await searchCallRecords(db, { query, scope, isMasked: as.isMasked });
      return { records: rows.map(row => callRecordOf(row, as)), nextCursor };
    },
    'records.changes': async ({ cursor, limit }, context) => {
      const as = shownAs();
      const scope = scopeOf(context.signedIn().person, directory);
      const last = await lastChangeNumber(db, 'call-records');
      const after = cursor === undefined ? null : versionIn(cursor, scope, last);
      const nothing = { records: [], removedIds: [], nextCursor: changeCursor(last, scope), hasMore: false };
      if (after === null) return { ...nothing, isReset: cursor !== undefined };
      const { rows, version, hasMore } = await changedCallRecords(db, { after, scope, limit });
      const found = await withRecordings(db, rows, scope);
      return {
        records: found.map(row => callRecordOf(row, as)),
        removedIds: [],
        nextCursor: changeCursor(version, scope),
        hasMore,
        isReset: false,
      };
    },
    'records.call-back': async ({ recordId }, context) => {
      const { person } = context.signedIn();
      const parts = partsOfRecordId(recordId);
      const row = parts === null ? null : await callRecordRow(db, parts, scopeOf(person, directory));
      if (row === null) throw new AppError('call/unknown', 'no such record');
      const parsed = parseDialString(row.remote_number);
      if (!parsed.ok) throw new AppError(parsed.problem);
      return { callId: await telephony.dial(person.extension, parsed.number) };
    },
  };
}

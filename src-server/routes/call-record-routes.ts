import { parseDialString } from '../../src-shared/customers/phone-number';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentDirectory } from '../agents/agent-directory';
import { recentCallOf } from '../calls/call-views';
import { callRecordOf, partsOfRecordId } from '../calls/call-record-views';
import { changeCursor, versionIn } from '../calls/change-cursor';
import { scopeOf } from '../calls/record-scope';
import { callRecordRow, changedCallRecords } from '../database/call-record-changes';
import { searchCallRecords, withRecordings } from '../database/call-record-search';
import { callRecords } from '../database/call-table';
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
      // Who declined it has it on screen already, while it still rings elsewhere.
      const isOwn = parts !== null && parts.personId === person.id;
      const number = row?.remote_number ?? (isOwn ? await remoteNumberIn(db, parts.callId, person.id) : null);
      if (number === null) throw new AppError('call/unknown', 'no such record');
      const parsed = parseDialString(number);
      if (!parsed.ok) throw new AppError(parsed.problem);
      return { callId: await telephony.dial(person.extension, parsed.number) };
    },
  };
}

/** With whom this person has or had to do in a call that runs; null when they have no part in it. */
async function remoteNumberIn(db: WritableDb, callId: string, personId: string): Promise<string | null> {
  const [call] = await callRecords(db, [callId]);
  const isIn = call?.legs.some(leg => leg.personId === personId) === true;
  return call !== undefined && isIn ? recentCallOf(call, personId).remoteNumber : null;
}

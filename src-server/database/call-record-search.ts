import { sql } from 'kysely';
import type { CallRecordQuery } from '../../src-shared/calls/call-record-query';
import type { RecordScope } from '../calls/record-scope';
import { idsPerMs } from './free-id';
import { type Dialect, dialectOf } from './dialect';
import { type TextSearch, textSearch } from './search-filters';
import { type FoundPage, type PageSearch, pageOf } from './search-page';
import { allOf, type Condition, type SearchedList, type Source } from './search-source';
import { seldomTerm } from './search-terms';
import type { CallRecordRow, WritableDb } from './tables';

export interface FoundCallRecord extends CallRecordRow {
  readonly call_number: number;
  /** Only when a recording is there and may be heard. */
  readonly recording_id: string | null;
}
export interface RecordSearch {
  readonly query: CallRecordQuery;
  readonly scope: RecordScope;
  readonly isMasked: boolean;
}

export const callRecordList: SearchedList = {
  name: 'call_records',
  table: sql`call_records`,
  terms: sql`call_record_terms`,
};

/** Records that fit, a page of them. @throws AppError `search/too-many` */
export async function searchCallRecords(db: WritableDb, search: RecordSearch): Promise<FoundPage<FoundCallRecord>> {
  const how = callRecordPageSearch(search, dialectOf(db));
  if (how === null) return { rows: [], nextCursor: null };
  const page = await pageOf<CallRecordRow>(db, callRecordList, how);
  return { ...page, rows: await withRecordings(db, page.rows, search.scope) };
}

/** By the way that looks at the fewest rows: one person's own, those with the words, those with a seldom fact, all. Null: nothing can be found. */
export function callRecordPageSearch(search: RecordSearch, dialect: Dialect): PageSearch | null {
  const { query, scope, isMasked } = search;
  const text = textSearch(query, isMasked, dialect);
  if (text.isNothing) return null;
  const { queueId, type, disposition, cause, longerThanSeconds } = query;
  const durationMs = longerThanSeconds === undefined ? undefined : longerThanSeconds * 1000 + 1;
  const facts = { queueId, type, disposition, endCause: cause, durationMs };
  const seldom = seldomTerm(facts);
  // Text last: to compare it takes longest.
  const conditions = [...conditionsOf(query), inScope(scope), inSpan(query), ...text.conditions];
  return {
    source: sourceOf(onlyPerson(search), text, seldom),
    conditions: conditions.filter(condition => condition !== null),
    ...spanOfIds(query),
    sortKey: sortKeyOf(query, isMasked),
    isAscending: query.sortDirection === 'ascending',
    limit: query.limit,
    cursor: query.cursor,
  };
}

function sourceOf(personId: string | null, text: TextSearch, seldom: string | null): Source {
  if (personId !== null)
    return { kind: 'index', index: sql`call_records_of_person`, condition: sql`row.person_id = ${personId}` };
  if (text.match !== null) return { kind: 'words', match: text.match, meant: text.conditions };
  return seldom === null ? { kind: 'all' } : { kind: 'words', match: [[[seldom]]], meant: [] };
}

/** The one person whose records are looked at; null: more than one, or a colleague who is not in the scope, which `inScope` refuses. */
function onlyPerson({ query, scope }: RecordSearch): string | null {
  if (query.personId !== undefined) return query.personId;
  return scope.kind === 'people' && scope.personIds.length === 1 && scope.queueIds.length === 0
    ? (scope.personIds[0] ?? null)
    : null;
}

function conditionsOf(query: CallRecordQuery): Condition[] {
  const { queueId, type, disposition, cause, longerThanSeconds, personId } = query;
  return [
    ...(queueId === undefined ? [] : [sql`row.queue_id = ${queueId}`]),
    ...(type === undefined ? [] : [sql`row.type = ${type}`]),
    ...(disposition === undefined ? [] : [sql`row.disposition = ${disposition}`]),
    ...(cause === undefined ? [] : [sql`row.end_cause = ${cause}`]),
    ...(longerThanSeconds === undefined ? [] : [sql`row.duration_ms > ${longerThanSeconds * 1000}`]),
    ...(personId === undefined ? [] : [sql`row.person_id = ${personId}`]),
  ];
}

export function inScope(scope: RecordScope): Condition | null {
  if (scope.kind === 'all') return null;
  const people = sql`row.person_id IN (${sql.join([...scope.personIds])})`;
  if (scope.queueIds.length === 0) return people;
  return sql`(${people} OR (row.person_id IS NULL AND row.queue_id IN (${sql.join([...scope.queueIds])})))`;
}

interface Span {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}
export const inSpan = ({ from, to }: Span): Condition | null =>
  from === undefined && to === undefined
    ? null
    : allOf([
        ...(from === undefined ? [] : [sql`row.started_at >= ${from}`]),
        ...(to === undefined ? [] : [sql`row.started_at < ${to}`]),
      ]);
/** Ids may spill over into later milliseconds. */
const spill = 4096;
export const spanOfIds = ({ from, to }: Span): { fromId: number | null; toId: number | null } => ({
  fromId: from === undefined ? null : from * idsPerMs,
  toId: to === undefined ? null : to * idsPerMs + spill,
});

function sortKeyOf({ sortBy }: CallRecordQuery, isMasked: boolean): Condition | null {
  switch (sortBy) {
    case 'startedAt':
      return null;
    case 'remoteName':
      return sql`row.name_key`;
    case 'remoteNumber':
      return isMasked ? sql`substr(row.number_key, 1, 2)` : sql`row.number_key`;
    case 'queueName':
      return sql`coalesce((SELECT name FROM queues WHERE queues.id = row.queue_id), '')`;
    case 'agentName':
      return sql`coalesce((SELECT display_name FROM people WHERE people.id = row.person_id), '')`;
    case 'durationMs':
      return sql`row.duration_ms`;
    case 'type':
      return sql`row.type`;
    case 'disposition':
      return sql`row.disposition`;
    case 'endCause':
      return sql`coalesce(row.end_cause, '')`;
  }
}

/** Adds what stands elsewhere; a page is short. */
export async function withRecordings(
  db: WritableDb,
  rows: readonly CallRecordRow[],
  scope: RecordScope,
): Promise<FoundCallRecord[]> {
  if (rows.length === 0) return [];
  const callIds = [...new Set(rows.map(row => row.call_id))];
  const calls = await db.selectFrom('calls').select(['id', 'call_number']).where('id', 'in', callIds).execute();
  const recordings = await db
    .selectFrom('recording_index')
    .select(['call_id', 'recording_id'])
    .where('call_id', 'in', callIds)
    .where('is_deleted', '=', 0)
    .orderBy('id')
    .execute();
  const numbers = new Map(calls.map(call => [call.id, call.call_number]));
  const newest = new Map(recordings.map(each => [each.call_id, each.recording_id]));
  return rows.map(row => ({
    ...row,
    call_number: numbers.get(row.call_id) ?? 0,
    recording_id: scope.kind === 'all' || row.disposition === 'answered' ? (newest.get(row.call_id) ?? null) : null,
  }));
}

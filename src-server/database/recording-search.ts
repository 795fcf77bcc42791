import { sql } from 'kysely';
import type { RecordingQuery } from '../../src-shared/recordings/recording-query';
import type { RecordScope } from '../calls/record-scope';
import { type Changes, changesLooked, firstOf } from './call-record-changes';
import { inSpan, spanOfIds } from './call-record-search';
import { type Dialect, dialectOf } from './dialect';
import { type TextSearch, textSearch } from './search-filters';
import { type FoundPage, type PageSearch, pageOf } from './search-page';
import type { Condition, SearchedList, Source } from './search-source';
import type { RecordingIndexRow, WritableDb } from './tables';

export interface FoundRecording extends RecordingIndexRow {
  readonly call_number: number;
  /** Who talked, in that order. */
  readonly listeners: readonly string[];
  readonly note_count: number;
}
export interface RecordingSearch {
  readonly query: RecordingQuery;
  readonly scope: RecordScope;
  readonly isMasked: boolean;
  /** People whom initials and station mean; null: anybody. */
  readonly talkedIds: readonly string[] | null;
  /** Accounts that are meant; null: any. */
  readonly accountIds: readonly string[] | null;
}
export interface Totals {
  readonly count: number;
  readonly durationMs: number;
}

const list: SearchedList = { name: 'recording_index', table: sql`recording_index`, terms: sql`recording_terms` };
const nothing = { rows: [], nextCursor: null };

/** Recordings that fit and that may be heard, a page of them. @throws AppError `search/too-many` */
export async function searchRecordings(db: WritableDb, search: RecordingSearch): Promise<FoundPage<FoundRecording>> {
  const how = pageSearchOf(search, dialectOf(db));
  if (how === null) return nothing;
  const page = await pageOf<RecordingIndexRow>(db, list, how);
  return { ...page, rows: await withDetails(db, page.rows) };
}

/** Over everything that fits; from ms, not from what is shown rounded (S051). */
export async function totalsOf(db: WritableDb, search: RecordingSearch): Promise<Totals> {
  const dialect = dialectOf(db);
  const how = pageSearchOf(search, dialect);
  if (how === null) return { count: 0, durationMs: 0 };
  const { sortKey: _sortKey, limit: _limit, cursor: _cursor, ...rowSearch } = how;
  const { rows } = await sql<Totals>`
    SELECT count(*) AS "count", coalesce(sum(duration_ms), 0) AS "durationMs"
    FROM (${dialect.found({ ...rowSearch, list, place: null, limit: null })}) AS found`.execute(db);
  return rows[0] ?? { count: 0, durationMs: 0 };
}

function pageSearchOf(
  { query, scope, isMasked, talkedIds, accountIds }: RecordingSearch,
  dialect: Dialect,
): PageSearch | null {
  const text = textSearch(query, isMasked, dialect);
  if (text.isNothing || talkedIds?.length === 0 || accountIds?.length === 0) return null;
  const talked = [
    ...(scope.kind === 'people' ? [scope.personIds] : []),
    ...(query.personId === undefined ? [] : [[query.personId]]),
    ...(talkedIds === null ? [] : [talkedIds]),
  ];
  const one = talked.find(ids => ids.length === 1)?.[0];
  const conditions = [
    sql`row.is_deleted = 0`,
    ...text.conditions,
    ...talked.map(hasTalked),
    ...conditionsOf(query),
    inSpan(query),
  ];
  if (accountIds !== null) conditions.push(sql`row.account_id IN (${sql.join([...accountIds])})`);
  return {
    source: sourceOf(query, one, text),
    conditions: conditions.filter(condition => condition !== null),
    ...spanOfIds(query),
    sortKey: sortKeyOf(query, isMasked),
    isAscending: query.sortDirection === 'ascending',
    limit: query.limit,
    cursor: query.cursor,
  };
}

function sourceOf(
  { callNumber }: RecordingQuery,
  personId: string | undefined,
  { match, conditions }: TextSearch,
): Source {
  if (callNumber !== undefined) {
    const condition = sql`row.call_id = (SELECT id FROM calls WHERE call_number = ${callNumber})`;
    return { kind: 'index', index: sql`recording_index_of_call`, condition };
  }
  if (personId !== undefined)
    return { kind: 'other', table: sql`recording_listeners`, condition: sql`source.person_id = ${personId}` };
  return match === null ? { kind: 'all' } : { kind: 'words', match, meant: conditions };
}

const hasTalked = (personIds: readonly string[]): Condition =>
  sql`EXISTS (SELECT 1 FROM recording_listeners AS who WHERE who.id = row.id AND who.person_id IN (${sql.join([...personIds])}))`;

function conditionsOf(query: RecordingQuery): Condition[] {
  const { queueId, type, minSeconds, maxSeconds, minQaScore, maxQaScore } = query;
  return [
    ...(queueId === undefined ? [] : [sql`row.queue_id = ${queueId}`]),
    ...(type === undefined ? [] : [sql`row.type = ${type}`]),
    ...(minSeconds === undefined ? [] : [sql`row.duration_ms >= ${minSeconds * 1000}`]),
    ...(maxSeconds === undefined ? [] : [sql`row.duration_ms <= ${maxSeconds * 1000}`]),
    ...(minQaScore === undefined ? [] : [sql`row.qa_score >= ${minQaScore}`]),
    ...(maxQaScore === undefined ? [] : [sql`row.qa_score <= ${maxQaScore}`]),
  ];
}

function sortKeyOf({ sortBy }: RecordingQuery, isMasked: boolean): Condition | null {
  switch (sortBy) {
    case 'startedAt':
      return null;
    case 'durationMs':
      return sql`row.duration_ms`;
    case 'remoteName':
      return sql`row.name_key`;
    case 'remoteNumber':
      return isMasked ? sql`substr(row.number_key, 1, 2)` : sql`row.number_key`;
    case 'agentName':
      return sql`coalesce((SELECT display_name FROM recording_listeners AS first JOIN people ON people.id = first.person_id
        WHERE first.id = row.id ORDER BY place LIMIT 1), '')`;
    case 'accountName':
      return sql`coalesce((SELECT company FROM accounts WHERE accounts.id = row.account_id), '')`;
    case 'qaScore':
      return sql`coalesce(row.qa_score, -1)`;
  }
}

async function withDetails(db: WritableDb, rows: readonly RecordingIndexRow[]): Promise<FoundRecording[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(row => row.id);
  const calls = await db
    .selectFrom('calls')
    .select(['id', 'call_number'])
    .where('id', 'in', [...new Set(rows.map(row => row.call_id))])
    .execute();
  const listeners = await db
    .selectFrom('recording_listeners')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('place')
    .execute();
  const notes = await db
    .selectFrom('recording_notes')
    .select(['recording_id', eb => eb.fn.countAll<number>().as('count')])
    .where(
      'recording_id',
      'in',
      rows.map(row => row.recording_id),
    )
    .groupBy('recording_id')
    .execute();
  const numbers = new Map(calls.map(call => [call.id, call.call_number]));
  const counts = new Map(notes.map(note => [note.recording_id, note.count]));
  return rows.map(row => ({
    ...row,
    call_number: numbers.get(row.call_id) ?? 0,
    listeners: listeners.filter(({ id }) => id === row.id).map(({ person_id }) => person_id),
    note_count: counts.get(row.recording_id) ?? 0,
  }));
}

const isHeardBy = ({ listeners }: FoundRecording, scope: RecordScope): boolean =>
  scope.kind === 'all' || listeners.some(personId => scope.personIds.includes(personId));

/** What became otherwise after a version, deleted recordings among it. */
export async function changedRecordings(
  db: WritableDb,
  { after, scope, limit }: { after: number; scope: RecordScope; limit: number },
): Promise<Changes<FoundRecording>> {
  const rows = await db
    .selectFrom('recording_index')
    .selectAll()
    .where('version', '>', after)
    .orderBy('version')
    .limit(changesLooked)
    .execute();
  return firstOf(await withDetails(db, rows), { after, limit, isWanted: row => isHeardBy(row, scope) });
}

/** One recording, deleted or not, for whoever may hear it; everybody else is told that there is none. */
export async function recordingEntry(
  db: WritableDb,
  recordingId: string,
  scope: RecordScope,
): Promise<FoundRecording | null> {
  const rows = await db.selectFrom('recording_index').selectAll().where('recording_id', '=', recordingId).execute();
  const [entry] = await withDetails(db, rows);
  return entry !== undefined && isHeardBy(entry, scope) ? entry : null;
}

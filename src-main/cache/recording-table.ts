import type { z } from 'zod';
import { recording, type Recording } from '../../src-shared/recordings/recording';
import type { RecordingFilters, recordingSortKey } from '../../src-shared/recordings/recording-query';
import { withConditions } from './call-record-table';
import type { ReadableDb, WritableDb } from './open-cache';
import { digitsIn, folded, keyGiver, keysBetween, textIn, type Wanted } from './search-table';

interface RecordingRow {
  readonly key: number;
  readonly owner: string;
  readonly id: string;
  readonly started_at: number;
  readonly duration_ms: number;
  readonly type: string;
  readonly call_number: number;
  readonly agent_name: string;
  readonly account_name: string;
  readonly qa_score: number | null;
  readonly name: string;
  readonly digits: string;
  /** The recording as JSON. */
  readonly row: string;
}
const columns = `
  key owner id started_at duration_ms type call_number agent_name account_name qa_score name digits row
`
  .trim()
  .split(/\s+/);

export const recordingColumn = {
  startedAt: 'key',
  durationMs: 'duration_ms',
  remoteName: "row ->> '$.remoteName'",
  remoteNumber: 'digits',
  agentName: 'agent_name',
  accountName: 'account_name',
  qaScore: 'qa_score',
} as const satisfies Record<z.infer<typeof recordingSortKey>, string>;

export function upsertRecordings(db: WritableDb, owner: string, recordings: readonly Recording[]): void {
  const put = db.prepare<RecordingRow>(
    `INSERT INTO recordings (${columns.join(', ')}) VALUES (${columns.map(column => `@${column}`).join(', ')})
      ON CONFLICT (key) DO UPDATE SET ${columns.map(column => `${column} = excluded.${column}`).join(', ')}`,
  );
  const keyOf = keyGiver(db, 'recordings', owner);
  db.transaction(() => {
    for (const each of recordings) {
      put.run({ ...rowOf(owner, each), key: keyOf(each) });
    }
  })();
}

/** The recordings behind keys, in their order; null where one is gone. */
export function recordingsAt(db: ReadableDb, keys: readonly number[]): (Recording | null)[] {
  const get = db.prepare<[number], string>('SELECT row FROM recordings WHERE key = ?').pluck();
  return keys.map(key => {
    const row = get.get(key);
    return row === undefined ? null : recording.parse(JSON.parse(row));
  });
}

/** One that was told before, for a player without a server; null when it was not. */
export function recordingOf(db: ReadableDb, owner: string, id: string): Recording | null {
  const row = db
    .prepare<[string, string], string>('SELECT row FROM recordings WHERE owner = ? AND id = ?')
    .pluck()
    .get(owner, id);
  return row === undefined ? null : recording.parse(JSON.parse(row));
}

/** Seconds of all that is found, by their keys. */
export function durationOf(db: ReadableDb, keys: readonly number[]): number {
  return (
    db
      .prepare<[string], number | null>(
        'SELECT sum(duration_ms) FROM recordings WHERE key IN (SELECT value FROM json_each(?))',
      )
      .pluck()
      .get(JSON.stringify(keys)) ?? 0
  );
}

/** What a person's filters mean in this table. */
export function wantedRecordings(owner: string, filters: RecordingFilters): Wanted {
  const { text, name, number } = filters;
  const texts = textIn('recordings', [
    ...(text === undefined ? [] : [{ in: ['name', 'digits'] as const, text }]),
    ...(name === undefined ? [] : [{ in: ['name'] as const, text: name }]),
    ...(number === undefined ? [] : [{ in: ['digits'] as const, text: number }]),
  ]);
  return withConditions({ ...texts, ...keysBetween(filters.from, filters.to) }, [
    ['owner', 'r.owner = @owner', owner],
    ['type', 'r.type = @type', filters.type],
    ['callNumber', 'r.call_number = @callNumber', filters.callNumber],
    ['minMs', 'r.duration_ms >= @minMs', inMs(filters.minSeconds)],
    ['maxMs', 'r.duration_ms <= @maxMs', inMs(filters.maxSeconds)],
    ['minQa', 'r.qa_score >= @minQa', filters.minQaScore],
    ['maxQa', 'r.qa_score <= @maxQa', filters.maxQaScore],
    ['accountName', 'instr(r.account_name, @accountName)', filters.accountName && folded(filters.accountName)],
    ['accountNumber', "instr(r.row ->> '$.account.accountNumber', @accountNumber)", filters.accountNumber],
    ['billingNumber', "instr(r.row ->> '$.account.billingNumber', @billingNumber)", filters.billingNumber],
    ['initials', withAgent("a.value ->> '$.initials' = upper(@initials)"), filters.agentInitials],
    ['station', withAgent("a.value ->> '$.extension' = @station"), filters.station],
    ['personId', withAgent("a.value ->> '$.personId' = @personId"), filters.personId],
  ]);
}
const withAgent = (condition: string): string =>
  `EXISTS (SELECT 1 FROM json_each(r.row, '$.agents') a WHERE ${condition})`;
const inMs = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds * 1000);

const rowOf = (owner: string, each: Recording): Omit<RecordingRow, 'key'> => ({
  owner,
  id: each.id,
  started_at: each.startedAt,
  duration_ms: each.durationMs,
  type: each.type,
  call_number: each.callNumber,
  agent_name: each.agents[0]?.name ?? '',
  account_name: folded(each.account?.name ?? ''),
  qa_score: each.qaScore,
  name: folded(each.remoteName ?? ''),
  digits: digitsIn(each.remoteNumber),
  row: JSON.stringify(each),
});

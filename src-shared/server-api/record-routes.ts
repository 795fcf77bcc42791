import { z } from 'zod';
import { callRecord } from '../calls/call-record';
import { callRecordFilters, callRecordQuery, searchCursor } from '../calls/call-record-query';
import { qaScore, recording, recordingNote } from '../recordings/recording';
import { recordingFilters, recordingQuery } from '../recordings/recording-query';
import { isTimeZone } from '../statistics/period-bounds';
import { route } from './route';

const done = z.object({ done: z.literal(true) });
const id = z.string().regex(/^[\w-]{1,64}$/);
const oneRecording = z.object({ recordingId: id });
const timeZone = z.string().max(64).refine(isTimeZone, 'no such time zone');
const changesQuery = z.object({
  /** `nextCursor` of before; left out: nothing but a cursor is answered, from which on changes are told. */
  cursor: searchCursor.optional(),
  limit: z.number().int().min(1).max(1000).default(500),
});
const changesAnswer = {
  /** Ids of what is not there any more, or not for whoever asks. */
  removedIds: z.array(z.string()),
  nextCursor: searchCursor,
  /** There is more at once. */
  hasMore: z.boolean(),
  /** The cursor is of another person, another team or a restored server: what is kept is to be fetched anew, from `nextCursor` on. */
  isReset: z.boolean(),
};
const noteText = z.string().trim().min(1).max(2000);
const noteAt = z.number().int().min(0).max(604_800_000);

/**
 * Call records and recordings. Agents see their own; supervisors their team's: the members of the queues that they are in, and of everybody
 * who is in none; administrators all. What somebody may not see is "not found".
 *
 * To fill a cache: ask `….changes` without a cursor, search newest first as far back as wanted, then ask `….changes` from that cursor on.
 * Searches are POST because names and numbers do not belong in addresses, which proxies write into logs.
 */
export const recordRouteTable = {
  'records.search': route(
    ['POST', '/api/records/search', 'signed-in'],
    callRecordQuery,
    z.object({ records: z.array(callRecord), nextCursor: searchCursor.nullable() }),
    'Call records by every filter of the list, newest first or by a column. Sorting by a column refuses more than some 10,000 (`search/too-many`)',
  ),
  'records.changes': route(
    ['POST', '/api/records/changes', 'signed-in'],
    changesQuery,
    z.object({ records: z.array(callRecord), ...changesAnswer }),
    'Call records that are new or otherwise since a cursor, in the order of their change',
  ),
  'records.call-back': route(
    ['POST', '/api/records/:recordId/call-back', 'signed-in'],
    z.object({ recordId: z.string().min(1).max(140) }),
    z.object({ callId: z.string() }),
    'Rings my own phone and, once I have answered, calls the number of a record, hidden or not',
  ),
  'recordings.search': route(
    ['POST', '/api/recordings/search', 'signed-in'],
    recordingQuery,
    z.object({
      recordings: z.array(recording),
      nextCursor: searchCursor.nullable(),
      /** Over everything found; null unless asked for. */
      totals: z.object({ count: z.int(), durationMs: z.number() }).nullable(),
    }),
    'Recordings that I may hear, by every filter of the list; the ten newest by default',
  ),
  'recordings.changes': route(
    ['POST', '/api/recordings/changes', 'signed-in'],
    changesQuery,
    z.object({ recordings: z.array(recording), ...changesAnswer }),
    'Recordings that are new, otherwise or deleted since a cursor',
  ),
  'recordings.one': route(
    ['GET', '/api/recordings/:recordingId', 'signed-in'],
    oneRecording,
    z.object({
      recording,
      /** Notes, first moment first. */
      notes: z.array(recordingNote),
      qa: qaScore.nullable(),
      maySetQa: z.boolean(),
    }),
    'One recording with notes and score; its story is in `calls.one`, its shape under `…/peaks`, its sound under `…/audio`',
  ),
  'recordings.note': route(
    ['PUT', '/api/recordings/:recordingId/notes/:noteId', 'signed-in'],
    /** The id is made by the app: the same note sent again is not written twice, and changes what I wrote before. */
    oneRecording.extend({ noteId: id, atMs: noteAt, text: noteText }),
    recordingNote,
    'Write a note at a moment of a recording, or change my own',
  ),
  'recordings.note-delete': route(
    ['POST', '/api/recordings/:recordingId/notes/:noteId/delete', 'signed-in'],
    oneRecording.extend({ noteId: id }),
    done,
    'Delete a note of mine; one that is gone already is done',
  ),
  'recordings.qa': route(
    ['PUT', '/api/recordings/:recordingId/qa', 'signed-in'],
    oneRecording.extend({
      points: z.record(z.string().max(64), z.number().int().min(0).max(1000)),
      comment: z.string().max(2000).default(''),
    }),
    qaScore,
    'Score a recording by the criteria of the policy; for supervisors and administrators. The newest score holds',
  ),
  'recordings.heard': route(
    ['POST', '/api/recordings/:recordingId/heard', 'signed-in'],
    /** The id is made by the app: the same listening sent again is not written twice. */
    oneRecording.extend({ listeningId: id, heardAt: z.number().int().min(0).max(8_640_000_000_000_000) }),
    done,
    'Written into the audit: a recording was opened from what a computer had kept, perhaps while it had no server',
  ),
  'recordings.downloads': route(
    ['POST', '/api/recordings/downloads', 'signed-in'],
    z.object({ recordingIds: z.array(id).min(1).max(50), timeZone }),
    z.object({
      /** In the order asked. */
      files: z.array(
        z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('file'),
            recordingId: z.string(),
            /** By the policy's pattern, safe on every system, with `.wav`; days and times in the time zone asked for. */
            fileName: z.string(),
            sizeBytes: z.int(),
            sha256: z.string().regex(/^[0-9a-f]{64}$/),
            /** Equal to the `ETag` of the audio: for `If-Range`. */
            etag: z.string(),
          }),
          /** `recording/missing`, `recording/damaged`, `recording/empty`, `recording/deleted`, `recording/still-running` or `not-found`. */
          z.object({ kind: z.literal('refused'), recordingId: z.string(), code: z.string() }),
        ]),
      ),
    }),
    'What is needed to download these recordings and to check them; the bytes come from `…/audio?purpose=download`',
  ),
  'exports.begun': route(
    ['POST', '/api/exports', 'signed-in'],
    z.object({
      what: z.enum(['records', 'recordings']),
      format: z.enum(['xlsx', 'csv', 'clipboard']),
      filters: z.union([callRecordFilters, recordingFilters]).default({}),
      /** How many rows, if it is known. */
      rows: z.number().int().min(0).optional(),
    }),
    done,
    'Written into the audit before the app exports rows that it has fetched or kept; without this answer nothing is exported',
  ),
} as const;

/** GET and HEAD, with `Range`, `If-Range` and `If-None-Match`. `?purpose=` says what the audit is to say: `listen` (default) or `download`. */
export const recordingAudioPath = '/api/recordings/:recordingId/audio';
export const audioPurpose = z.enum(['listen', 'download']);
export type AudioPurpose = z.infer<typeof audioPurpose>;
/** GET; `?zoom=` is `fine` or `coarse` (default). The answer is the bytes of `recordings/peaks.ts`. */
export const recordingPeaksPath = '/api/recordings/:recordingId/peaks';

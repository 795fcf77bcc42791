import { z } from 'zod';
import { callRecord } from '../calls/call-record';
import { peakZooms, type PeakZoom } from '../recordings/peaks';
import { qaScore, recording, recordingNote } from '../recordings/recording';
import { story } from '../story/story';
import { openedRecording, recordingDraft } from './opened-recording';
import { recordsFound, recordSearch, recordingSearch, recordingsFound, rowsWanted, searchId } from './record-search';

const request = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
const id = z.string().regex(/^[\w-]{1,64}$/);
const oneRecording = z.object({ recordingId: id }).strict();
const oneSearch = z.object({ searchId }).strict();

/** What the agent window may ask about calls that are over and their recordings. It gets ids, never a path or a token. */
export const recordRequests = {
  /** What this computer has, at once; what the server adds comes as `records.found`. */
  'records.search': request(recordSearch, recordsFound),
  /** Rows of the newest search by their place; null where one is gone. */
  'records.rows': request(rowsWanted, z.array(callRecord.nullable())),
  /** Older ones from the server; null when another search is the newest. */
  'records.more': request(oneSearch, recordsFound.nullable()),
  /** Calls a number that may be hidden from the person. */
  'records.call-back': request(z.object({ recordId: z.string().min(1).max(140) }).strict(), z.void()),
  /** What happened in a call. */
  'records.story': request(z.object({ callId: z.string().min(1).max(64) }).strict(), story),
  'recordings.search': request(recordingSearch, recordingsFound),
  'recordings.rows': request(rowsWanted, z.array(recording.nullable())),
  'recordings.more': request(oneSearch, recordingsFound.nullable()),
  /** Opens the player; the sound is at `desk-recording://one/<id>?<n>`, n another one for each loading, and begins to come. */
  'recordings.open': request(oneRecording, openedRecording),
  /** The bytes of `recordings/peaks.ts`. */
  'recordings.peaks': request(
    oneRecording.extend({ zoom: z.enum(Object.keys(peakZooms) as [PeakZoom, ...PeakZoom[]]) }),
    z.custom<Uint8Array>(value => value instanceof Uint8Array),
  ),
  /** The server is back: the rest of the sound is fetched. */
  'recordings.go-on': request(oneRecording, z.void()),
  /** What is being written, at each pause of typing; nothing in it forgets it. */
  'recordings.draft': request(oneRecording.extend({ draft: recordingDraft }), z.void()),
  'recordings.note': request(
    oneRecording.extend({
      noteId: id,
      atMs: z.int().min(0).max(604_800_000),
      text: z.string().trim().min(1).max(2000),
    }),
    recordingNote,
  ),
  'recordings.note-delete': request(oneRecording.extend({ noteId: id }), z.void()),
  'recordings.qa': request(
    oneRecording.extend({
      points: z.record(z.string().max(64), z.int().min(0).max(1000)),
      comment: z.string().max(2000),
    }),
    qaScore,
  ),
};

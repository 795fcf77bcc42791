import { z } from 'zod';
import { errorCode } from '../errors/app-error';
import { qaScore, recording, recordingNote } from '../recordings/recording';

/** What somebody is writing about a recording and has not saved. */
export const recordingDraft = z.object({
  note: z.string().max(2000),
  /** The moment it is about. */
  noteAtMs: z.number().min(0),
  /** By criterion; empty where no score was begun. */
  points: z.record(z.string().max(64), z.number()),
  comment: z.string().max(2000),
});
export type RecordingDraft = Readonly<z.infer<typeof recordingDraft>>;

/** What the player shows of one recording. */
export const openedRecording = z.object({
  recording,
  /** First moment first; none of them is known without a server. */
  notes: z.array(recordingNote),
  qa: qaScore.nullable(),
  maySetQa: z.boolean(),
  /** Of whoever opens it; null: nothing begun. */
  draft: recordingDraft.nullable(),
  /** The server does not answer: this is what was kept. */
  isOffline: z.boolean(),
  /** What is played may be kept here, sealed; false where the system has no key ring to seal it with. */
  isKept: z.boolean(),
});
export type OpenedRecording = Readonly<z.infer<typeof openedRecording>>;

/** How much of the sound is on this computer. */
export const audioHere = z.object({
  recordingId: z.string(),
  /** 0 to 1. */
  share: z.number(),
  /** The server does not answer: what is here plays, the rest does not. */
  isCut: z.boolean(),
  /** Why the rest can never come: deleted meanwhile, no file, no sound in it. */
  problem: errorCode.nullable(),
});
export type AudioHere = Readonly<z.infer<typeof audioHere>>;

import { z } from 'zod';
import { qaScore, recording, recordingNote } from '../recordings/recording';

/** What the player shows of one recording. */
export const openedRecording = z.object({
  recording,
  /** First moment first; none of them is known without a server. */
  notes: z.array(recordingNote),
  qa: qaScore.nullable(),
  maySetQa: z.boolean(),
  /** The server does not answer: this is what was kept. */
  isOffline: z.boolean(),
});
export type OpenedRecording = Readonly<z.infer<typeof openedRecording>>;

/** How much of the sound is on this computer. */
export const audioHere = z.object({
  recordingId: z.string(),
  /** 0 to 1. */
  share: z.number(),
  /** The server does not answer: what is here plays, the rest does not. */
  isCut: z.boolean(),
});
export type AudioHere = Readonly<z.infer<typeof audioHere>>;

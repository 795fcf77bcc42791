import { z } from 'zod';
import { errorCode } from '../errors/app-error';

/** Files that are being written for the person: recordings that are downloaded, a list that is exported. */
export const transfer = z.object({
  id: z.string(),
  kind: z.enum(['download', 'export']),
  /** `waiting`: the server does not answer; it goes on by itself. */
  state: z.enum(['running', 'waiting', 'done', 'failed', 'cancelled']),
  /** Name of the one file; null when they are many. */
  fileName: z.string().nullable(),
  /** Files of a download, rows of an export. */
  done: z.int(),
  total: z.int(),
  /** Bytes of a download. */
  doneBytes: z.number(),
  totalBytes: z.number(),
  /** Those that could not be had. */
  failed: z.int(),
  /** Why, of the last of them. */
  code: errorCode.nullable(),
});
export type Transfer = Readonly<z.infer<typeof transfer>>;

const request = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
const oneTransfer = z.object({ transferId: z.string().min(1).max(64) }).strict();
const what = z.enum(['records', 'recordings']);
const words = z.record(z.string().max(40), z.string().max(100));

/** What the agent window may ask about files. Where they are written is decided in main: the folder for downloads. */
export const fileRequests = {
  'transfers.download': request(
    z
      .object({
        recordingIds: z
          .array(z.string().regex(/^[\w-]{1,64}$/))
          .min(1)
          .max(500),
      })
      .strict(),
    z.void(),
  ),
  /** What the newest search of a list found, with these columns under these words. */
  'transfers.export': request(
    z
      .object({
        what,
        format: z.enum(['xlsx', 'csv']),
        searchId: z.string().min(1).max(64),
        columns: z
          .array(z.object({ id: z.string().max(40), label: z.string().max(100) }))
          .min(1)
          .max(40),
        /** What stands for the codes of these columns, in the language of the person. */
        words: z.object({ type: words, disposition: words, endCause: words }).partial().strict(),
      })
      .strict(),
    z.void(),
  ),
  'transfers.cancel': request(oneTransfer, z.void()),
  'transfers.dismiss': request(oneTransfer, z.void()),
  /** Opens the folder in which the files are. */
  'transfers.show': request(oneTransfer, z.void()),
  /** Before cells are copied: the centre writes it down. */
  'exports.copied': request(z.object({ what, rows: z.int().min(0) }).strict(), z.void()),
};

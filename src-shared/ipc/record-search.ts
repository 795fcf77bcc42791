import { z } from 'zod';
import { callRecord } from '../calls/call-record';
import { callRecordFilters, callRecordSortKey, sortDirection } from '../calls/call-record-query';
import { recording } from '../recordings/recording';
import { recordingFilters, recordingSortKey } from '../recordings/recording-query';

/** Made by the window; the newest search of a list is the one that counts. */
export const searchId = z.string().min(1).max(64);

export const recordSearch = z
  .object({ searchId, filters: callRecordFilters, sortBy: callRecordSortKey, sortDirection })
  .strict();
export const recordingSearch = z
  .object({ searchId, filters: recordingFilters, sortBy: recordingSortKey, sortDirection })
  .strict();
export interface Search<F> {
  readonly searchId: string;
  readonly filters: F;
  readonly sortBy: string;
  readonly sortDirection: 'ascending' | 'descending';
}

/** What a search found so far. */
const foundView = <T extends z.ZodType>(row: T) =>
  z.object({
    searchId,
    /** Places in the list; while `isCounting` there may be more. */
    count: z.int(),
    isCounting: z.boolean(),
    /** Older ones: none; on the server, to be asked for; or there, but the server does not answer. */
    older: z.enum(['none', 'server', 'unreachable']),
    /** What is shown is what this computer has. */
    isOffline: z.boolean(),
    /** Of everything found; null while it is counted, and where it is not shown. */
    durationMs: z.number().nullable(),
    /** The first of them. */
    rows: z.array(row),
  });
export const recordsFound = foundView(callRecord);
export const recordingsFound = foundView(recording);
export type FoundView<T> = Omit<z.infer<typeof recordsFound>, 'rows'> & { readonly rows: readonly T[] };

/** Places of a list: enough for a screen and what is above and below it. */
export const rowsWanted = z.object({ searchId, first: z.int().min(0), count: z.int().min(1).max(200) }).strict();

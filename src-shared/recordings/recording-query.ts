import { z } from 'zod';
import { callRecordFilters, searchCursor, searchedText, sortDirection } from '../calls/call-record-query';

/** Filters of the agents (S195-S199) and those of supervisors (S016-S041). What is left out does not narrow. */
export const recordingFilters = callRecordFilters
  .pick({ text: true, name: true, number: true, queueId: true, from: true, to: true, type: true, personId: true })
  .extend({
    accountNumber: searchedText.optional(),
    billingNumber: searchedText.optional(),
    /** Any part of it. */
    accountName: searchedText.optional(),
    callNumber: z.number().int().min(1).optional(),
    /** Of somebody who talked; upper and lower case are the same. */
    agentInitials: z.string().max(8).optional(),
    /** Extension of somebody who talked. */
    station: z.string().max(32).optional(),
    minSeconds: z.number().int().min(0).optional(),
    /** This long or shorter. */
    maxSeconds: z.number().int().min(0).optional(),
    /** A recording without a score is found only while neither is given. */
    minQaScore: z.number().int().min(0).max(100).optional(),
    maxQaScore: z.number().int().min(0).max(100).optional(),
  });
export type RecordingFilters = Readonly<z.infer<typeof recordingFilters>>;

export const recordingSortKey = z.enum([
  'startedAt',
  'durationMs',
  'remoteName',
  'remoteNumber',
  'agentName',
  'accountName',
  'qaScore',
]);

export const recordingQuery = recordingFilters.extend({
  sortBy: recordingSortKey.default('startedAt'),
  sortDirection: sortDirection.default('descending'),
  /** The ten newest are what is shown first (S194). */
  limit: z.number().int().min(1).max(500).default(10),
  cursor: searchCursor.optional(),
  /** Also count and add up everything that is found, not only this page (S051). */
  withTotals: z.boolean().default(false),
});
export type RecordingQuery = Readonly<z.infer<typeof recordingQuery>>;

import { z } from 'zod';
import { endCause } from '../call/end-cause';
import { callDisposition, callRecordType } from './call-record';

/** Any part of it, at any place, as plain text; upper and lower case and accents are the same. Numbers are compared by their digits. */
export const searchedText = z.string().max(500);
const instant = z.number().int().min(0);
export const searchCursor = z.string().max(400);

/** What is left out does not narrow. Instants, not days: whoever asks knows the time zone (`calls/time-span.ts`). */
export const callRecordFilters = z.object({
  /** In the name or in the number: what one search field asks. */
  text: searchedText.optional(),
  name: searchedText.optional(),
  number: searchedText.optional(),
  queueId: z.string().max(64).optional(),
  /** The part began here or later … */
  from: instant.optional(),
  /** … and before this. */
  to: instant.optional(),
  longerThanSeconds: z.number().int().min(0).max(604_800).optional(),
  type: callRecordType.optional(),
  disposition: callDisposition.optional(),
  cause: endCause.optional(),
  /** One colleague; for supervisors and administrators. */
  personId: z.string().max(64).optional(),
});
export type CallRecordFilters = Readonly<z.infer<typeof callRecordFilters>>;

/** Columns by which the list can be sorted; equal ones stand newest first. */
export const callRecordSortKey = z.enum([
  'startedAt',
  'remoteName',
  'remoteNumber',
  'queueName',
  'agentName',
  'durationMs',
  'type',
  'disposition',
  'endCause',
]);
export const sortDirection = z.enum(['ascending', 'descending']);

export const callRecordQuery = callRecordFilters.extend({
  sortBy: callRecordSortKey.default('startedAt'),
  sortDirection: sortDirection.default('descending'),
  limit: z.number().int().min(1).max(500).default(50),
  /** `nextCursor` of the page before, with the same filters and sorting. */
  cursor: searchCursor.optional(),
});
export type CallRecordQuery = Readonly<z.infer<typeof callRecordQuery>>;

import type { CallRecordFilters } from '../../src-shared/calls/call-record-query';
import type { Bounds } from '../../src-shared/calls/time-span';
import type { ChosenTime } from '../records/TimeFilter';

/** What narrows the list, and the name of the span that `from` and `to` come from. */
export interface ChosenFilters {
  readonly filters: CallRecordFilters;
  readonly time: ChosenTime;
}
export const noCallFilters: ChosenFilters = { filters: {}, time: 'any' };

/** How many filters there are beside the search. */
export const filtersInUse = ({ filters, time }: { readonly filters: object; readonly time: ChosenTime }): number =>
  Object.entries(filters).filter(([key, value]) => !['text', 'from', 'to'].includes(key) && value !== undefined)
    .length + (time === 'any' ? 0 : 1);

export const isNarrowed = (chosen: {
  readonly filters: { text?: string | undefined };
  readonly time: ChosenTime;
}): boolean => filtersInUse(chosen) > 0 || (chosen.filters.text ?? '') !== '';

/** The filters with one of them otherwise; what is empty narrows nothing and is not sent. */
export function withFilter<F extends object, K extends keyof F>(filters: F, key: K, value: F[K] | '' | undefined): F {
  const next = { ...filters };
  if (value === '' || value === undefined || Number.isNaN(value)) delete next[key];
  else next[key] = value;
  return next;
}

export function withBounds<F extends { from?: number | undefined; to?: number | undefined }>(
  filters: F,
  bounds: Bounds | null,
): F {
  const { from: _from, to: _to, ...rest } = filters;
  return { ...rest, ...bounds } as F; // the same filters, without or with its ends
}

import type { FoundView, Search } from '../../src-shared/ipc/record-search';
import type { ReadableDb } from '../cache/open-cache';
import { sortedKeys, type Wanted } from '../cache/search-table';
import { FoundRows } from './found-rows';
import { breath } from './in-turns';
import { SortedRows } from './sorted-rows';

export interface Looked {
  /** null: all of it is here, by a column. */
  found: FoundRows | SortedRows | null;
  keys: readonly number[];
}
/** The search that is shown, and what is known of it. */
export interface Current<F> extends Looked {
  readonly search: Search<F>;
  readonly owner: string;
  readonly wanted: Wanted;
  older: FoundView<never>['older'];
  /** Of these keys, added up. */
  duration: { readonly of: readonly number[]; readonly count: number; readonly ms: number } | null;
  /** What is kept changed, and is being looked through; and once more after that. */
  isRenewing: boolean;
  isStale: boolean;
}

/** Shown before the person has scrolled; the answer waits for no more. */
export const firstRows = 50;
export const sliceMs = 3;
const answerWithinMs = 2.2;
const addedAtOnce = 2000;
/** More are not sorted at once by a column, but in turns. */
const mostSorted = 10_000;

/** The first of what is here; of more than can be sorted at once, none yet. */
export function lookFor(
  db: ReadableDb,
  wanted: Wanted,
  { sortBy, sortDirection }: Pick<Search<unknown>, 'sortBy' | 'sortDirection'>,
  columnOf: (sortBy: string) => string,
): Looked {
  if (sortBy === 'startedAt' && sortDirection === 'descending') {
    const found = new FoundRows(db, wanted);
    found.look(firstRows, answerWithinMs);
    return { found, keys: found.keys };
  }
  const isDescending = sortDirection === 'descending';
  const order = { column: columnOf(sortBy), isDescending };
  const keys = sortedKeys(db, wanted, { ...order, most: mostSorted });
  if (keys !== null) return { found: null, keys };
  const found = new SortedRows(db, wanted, order);
  return { found, keys: found.keys };
}

type DurationOf = (keys: readonly number[]) => number;

/** Some thousands are added up when they are shown; more in turns, before. */
export async function addUp<F>(current: Current<F>, durationOf: DurationOf, isWanted: () => boolean): Promise<void> {
  const { keys } = current;
  const count = keys.length;
  if (count <= addedAtOnce) return;
  let ms = 0;
  for (let first = 0; first < count; first += addedAtOnce) {
    ms += durationOf(keys.slice(first, first + addedAtOnce));
    await breath();
    if (!isWanted() || current.keys !== keys || keys.length !== count) return;
  }
  current.duration = { of: keys, count, ms };
}

/** null while it is not known. */
export function addedUp<F>({ keys, duration }: Current<F>, durationOf: DurationOf): number | null {
  if (keys.length <= addedAtOnce) return durationOf(keys);
  return duration?.of === keys && duration.count === keys.length ? duration.ms : null;
}

/** Looks until nothing more is to be found here. */
export async function toEnd({ found }: { readonly found: Looked['found'] }, isWanted: () => boolean): Promise<void> {
  while (found?.isEnd === false && isWanted()) {
    found.look(Number.POSITIVE_INFINITY, sliceMs);
    await breath();
  }
}
export const lowestOf = (keys: readonly number[]): number | undefined =>
  keys.length === 0 ? undefined : keys.reduce((lowest, key) => Math.min(lowest, key));
export const fromOf = (filters: unknown): number | null => {
  const from: unknown = typeof filters === 'object' && filters !== null ? Reflect.get(filters, 'from') : null;
  return typeof from === 'number' ? from : null;
};

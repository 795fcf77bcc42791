import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CallRecord } from '../../src-shared/calls/call-record';
import type { CallRecordFilters } from '../../src-shared/calls/call-record-query';
import type { FoundView } from '../../src-shared/ipc/record-search';
import type { Recording } from '../../src-shared/recordings/recording';
import type { RecordingFilters } from '../../src-shared/recordings/recording-query';
import type { Input } from '../../src-shared/ipc/agent-requests';
import { ask } from '../bridge/ask';
import { failureFrom, type ShownFailure } from '../bridge/failure-from';
import type { TableSort } from '../components/Table/Table';
import { useAgentStore } from '../stores/agent-store';
import { useRecordStore } from '../stores/record-store';
import { withBounds } from '../calls/call-filters';
import { blockRows, RowCache } from './row-cache';
import { rowsBetween } from './rows-between';
import type { ChosenTime } from './TimeFilter';

export interface ListOf {
  readonly records: { readonly row: CallRecord; readonly filters: CallRecordFilters };
  readonly recordings: { readonly row: Recording; readonly filters: RecordingFilters };
}
export type ListKind = keyof ListOf;

export interface FoundRows<T> {
  readonly searchId: string;
  /** Another for each question that was answered. A span of time that goes on is the same question: nobody loses their place. */
  readonly listKey: string;
  /** null until the first answer. */
  readonly found: FoundView<T> | null;
  readonly failure: ShownFailure | null;
  /** undefined: not here yet; null: gone. */
  readonly rowAt: (index: number) => T | null | undefined;
  readonly onShow: (first: number, until: number) => void;
  /** By so many places the rows were moved, because others came in front of them. */
  readonly moved: number;
  /** Another when rows have come, or are otherwise. */
  readonly version: unknown;
  /** Rows of a range. @throws AppError */
  readonly rowsOf: (first: number, last: number) => Promise<readonly T[]>;
  /** Searches once more, after a failure. */
  readonly again: () => void;
}

/** Fetched ahead of what is read. */
const ahead = 100;
/** While a list flies by nothing is fetched; where it stops, at once. What moves as slowly as one reads is fetched as it comes, and ahead. */
const settleMs = 24;

/** One list that is searched as one types: main has the rows, this window the ones in sight. A newer search wins. */
export function useFoundRows<K extends ListKind>(
  kind: K,
  { filters, time }: { readonly filters: ListOf[K]['filters']; readonly time: ChosenTime },
  sort: TableSort,
): FoundRows<ListOf[K]['row']> {
  type Row = ListOf[K]['row'];
  // What was found under another policy is no more.
  const isMasked = useAgentStore(state => state.policy?.numbers === 'masked');
  const [searchId, again] = useSearchId(kind, JSON.stringify([filters, sort, isMasked]));
  const { found, failure } = useAnswer(kind, searchId, filters, sort);
  const [cache] = useState(() => new RowCache<Row>());
  const [fetched, setFetched] = useState(0);
  // Also when no row more is there: a score was given, a note was written.
  const version = useMemo(() => ({ found, fetched }), [found, fetched]);

  const isCurrent = found?.searchId === searchId;
  const question = JSON.stringify([time === 'range' ? filters : withBounds(filters, null), time, sort, isMasked]);
  const [listKey, setListKey] = useState(question);
  if (isCurrent) cache.take(found, question);
  if (isCurrent && listKey !== question) setListKey(question);
  // Until a search is answered, the rows in sight are those of the one before: nothing of the table changes.
  const shownId = found?.searchId ?? searchId;

  const rowsFrom = useCallback(
    async (first: number, count: number): Promise<(Row | null)[]> => {
      const rows = await ask(`${kind}.rows`, { searchId: shownId, first, count } as Input<`${K}.rows`>);
      return rows as (Row | null)[];
    },
    [kind, shownId],
  );
  const fetchRows = useCallback(
    async (first: number, until: number): Promise<void> => {
      cache.put(shownId, first, await rowsFrom(first, until - first));
      setFetched(now => now + 1);
    },
    [cache, rowsFrom, shownId],
  );
  const onShow = useOnShow(kind, shownId, cache, fetchRows);
  const rowAt = useCallback((index: number) => cache.at(index), [cache]);
  const rowsOf = useCallback((first: number, last: number) => rowsBetween(rowsFrom, first, last), [rowsFrom]);
  return {
    searchId,
    listKey,
    found: isCurrent || failure === null ? found : null,
    failure,
    rowAt,
    onShow,
    moved: cache.moved,
    version,
    rowsOf,
    again,
  };
}

/** Fetches what comes in sight, and goes further back on the server at the end of what is known. */
function useOnShow<K extends ListKind>(
  kind: K,
  searchId: string,
  cache: RowCache<ListOf[K]['row']>,
  fetchRows: (first: number, until: number) => Promise<void>,
): FoundRows<unknown>['onShow'] {
  const timer = useRef(0);
  const shownFrom = useRef(0);
  const fetchMissing = useCallback(
    (from: number, until: number): void => {
      for (const start of cache.missing(from, until)) void fetchRows(start, start + blockRows).catch(ignore);
    },
    [cache, fetchRows],
  );
  const onShow = useCallback(
    (first: number, until: number) => {
      clearTimeout(timer.current);
      const step = first - shownFrom.current;
      shownFrom.current = first;
      const count = useRecordStore.getState()[kind]?.count ?? until;
      const isRead = step !== 0 && Math.abs(step) < until - first;
      if (isRead && step > 0) fetchMissing(first, Math.min(until + ahead, count));
      else if (isRead) fetchMissing(Math.max(0, first - ahead), until);
      timer.current = window.setTimeout(() => {
        fetchMissing(first, until);
        const view = useRecordStore.getState()[kind];
        if (view?.searchId === searchId && view.older === 'server' && !view.isCounting && until >= view.count)
          void ask(`${kind}.more`, { searchId } as Input<`${K}.more`>)
            .then(answer => answer !== null && useRecordStore.setState({ [kind]: answer }))
            .catch(ignore);
      }, settleMs);
    },
    [fetchMissing, kind, searchId],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return onShow;
}

/** The newest answer to a search; until it is there, the one before. */
function useAnswer<K extends ListKind>(kind: K, searchId: string, filters: ListOf[K]['filters'], sort: TableSort) {
  type Found = FoundView<ListOf[K]['row']>;
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const latest = useRecordStore(state => state[kind]) as Found | null;
  const [shown, setShown] = useState<Found | null>(null);
  const told = latest?.searchId === searchId ? latest : null;
  // The newest that was told of a search, not its first answer, stays until the next one is answered: no number jumps back and forth.
  if (told !== null && told !== shown) setShown(told);
  useEffect(() => {
    let isNewest = true;
    const search = { searchId, filters, sortBy: sort.by, sortDirection: sort.direction };
    ask(`${kind}.search`, search as Input<`${K}.search`>)
      .then(answer => {
        if (!isNewest) return;
        // What is told of a search follows its answer and may overtake it on the way.
        const told = useRecordStore.getState()[kind];
        const newest = told?.searchId === searchId ? told : answer;
        setFailure(null);
        useRecordStore.setState({ [kind]: newest });
      })
      .catch((error: unknown) => isNewest && setFailure(failureFrom(error)));
    return () => void (isNewest = false);
    // oxlint-disable-next-line react/exhaustive-deps -- `searchId` is made anew whenever one of the others changes
  }, [searchId]);
  return { found: told ?? shown, failure };
}

/** Another for each question, and whenever one is asked again. */
function useSearchId(kind: ListKind, asked: string): readonly [searchId: string, again: () => void] {
  const [attempt, setAttempt] = useState(0);
  // oxlint-disable-next-line react/exhaustive-deps -- a search that is tried again is another
  const searchId = useMemo(() => `${kind}-${asked.length}-${crypto.randomUUID()}`, [kind, asked, attempt]);
  return [searchId, () => setAttempt(now => now + 1)];
}
/** What a search that is no more, or a server that is away, does not answer is said elsewhere: by the list itself. */
const ignore = (): void => undefined;

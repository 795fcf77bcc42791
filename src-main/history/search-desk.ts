import { AppError } from '../../src-shared/errors/app-error';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import type { ReadableDb } from '../cache/open-cache';
import { keyAt, sortedKeys, type Wanted } from '../cache/search-table';
import type { FoundView, Search } from '../../src-shared/ipc/record-search';
import { FoundRows } from './found-rows';
import type { KeptRows } from './kept-rows';

export interface SearchDeskNeeds<F, T extends { readonly id: string; readonly startedAt: number }> {
  readonly db: ReadableDb;
  readonly kept: KeptRows<T>;
  readonly wantedOf: (owner: string, filters: F) => Wanted;
  readonly columnOf: (sortBy: string) => string;
  readonly rowsAt: (keys: readonly number[]) => (T | null)[];
  readonly upsert: (owner: string, rows: readonly T[]) => void;
  /** Seconds of what was found, where that is shown. */
  readonly durationOf?: (keys: readonly number[]) => number;
  /** Newest first, before a moment. @throws AppError */
  readonly askServer: (
    filters: F,
    before: number | null,
    limit: number,
  ) => Promise<{ readonly rows: readonly T[]; readonly hasMore: boolean }>;
  readonly isOnline: () => boolean;
  readonly log: Logger;
}

interface Current<F> {
  readonly search: Search<F>;
  readonly owner: string;
  readonly wanted: Wanted;
  found: FoundRows | null;
  keys: readonly number[];
  older: FoundView<never>['older'];
}

/** Shown before the person has scrolled; the answer waits for no more. */
const firstRows = 50;
const answerWithinMs = 6;
const sliceMs = 3;
const tellEveryMs = 250;
/** As on the server: more are not sorted by a column. */
export const mostSorted = 10_000;

/** One list that is searched: what is on this computer answers at once, the server completes it. A newer search wins. */
export class SearchDesk<F, T extends { readonly id: string; readonly startedAt: number }> {
  /** The same search has more, or otherwise, than was answered. */
  readonly news = new Announcer<FoundView<T>>();
  #current: Current<F> | null = null;

  constructor(private readonly needs: SearchDeskNeeds<F, T>) {
    needs.kept.changes.hear(() => this.#again());
  }

  /** @throws AppError `search/too-many`, `sign-in/not-signed-in` */
  async search(search: Search<F>): Promise<FoundView<T>> {
    const { owner } = this.needs.kept;
    if (owner === null) throw new AppError('sign-in/not-signed-in');
    const wanted = this.needs.wantedOf(owner, search.filters);
    const current: Current<F> = { search, owner, wanted, found: null, keys: [], older: 'none' };
    this.#find(current);
    this.#current = current;
    const view = this.#viewOf(current);
    if (current.found?.isEnd === false) void this.#count(current);
    if (current.older === 'server') void this.#complete(current);
    return view;
  }

  /** Rows by their place in the list; null where one is gone, nothing when the search is not the newest. */
  async rows(searchId: string, first: number, count: number): Promise<(T | null)[]> {
    const current = this.#of(searchId);
    return current === null ? [] : this.needs.rowsAt(current.keys.slice(first, first + count));
  }

  /** Older ones from the server. @throws AppError */
  async more(searchId: string): Promise<FoundView<T> | null> {
    const current = this.#of(searchId);
    if (current === null || current.older === 'none') return current && this.#viewOf(current);
    await this.#fetchOlder(current, 200);
    return this.#of(searchId) === null ? null : this.#viewOf(current);
  }

  /** Everything that was found, also what is on the server only: for an export. */
  async *all(searchId: string): AsyncGenerator<readonly T[]> {
    const current = this.#of(searchId);
    if (current === null) return;
    while (current.found?.isEnd === false) {
      current.found.look(Number.POSITIVE_INFINITY, sliceMs);
      await breath();
    }
    while (current.older === 'server' && this.#current === current) await this.#fetchOlder(current, 500);
    for (let first = 0; first < current.keys.length; first += 500) {
      yield this.needs.rowsAt(current.keys.slice(first, first + 500)).filter(row => row !== null);
      await breath();
    }
  }

  countOf(searchId: string): number {
    return this.#of(searchId)?.keys.length ?? 0;
  }

  filtersOf(searchId: string): F | null {
    return this.#of(searchId)?.search.filters ?? null;
  }

  end(): void {
    this.#current = null;
  }

  #of(searchId: string): Current<F> | null {
    return this.#current?.search.searchId === searchId ? this.#current : null;
  }

  #find(current: Current<F>): void {
    const { sortBy, sortDirection } = current.search;
    if (sortBy === 'startedAt' && sortDirection === 'descending') {
      current.found = new FoundRows(this.needs.db, current.wanted);
      current.found.look(firstRows, answerWithinMs);
      current.keys = current.found.keys;
    } else {
      const keys = sortedKeys(this.needs.db, current.wanted, {
        column: this.needs.columnOf(sortBy),
        isDescending: sortDirection === 'descending',
        most: mostSorted,
      });
      if (keys === null) throw new AppError('search/too-many', 'too many to sort', { limit: mostSorted });
      current.keys = keys;
    }
    current.older = this.#olderOf(current);
  }

  /** Whether there may be more than is here: only what lies before the span that is kept without a gap. */
  #olderOf({ search }: Current<F>): Current<F>['older'] {
    const { kept, isOnline } = this.needs;
    const span = kept.span;
    const from = fromOf(search.filters);
    const isComplete = span !== null && (span.hasAll || (from !== null && from >= span.completeFrom));
    if (isComplete) return 'none';
    return isOnline() ? 'server' : 'unreachable';
  }

  async #count(current: Current<F>): Promise<void> {
    let toldAt = performance.now();
    while (this.#current === current && current.found?.isEnd === false) {
      await breath();
      current.found.look(Number.POSITIVE_INFINITY, sliceMs);
      if (performance.now() - toldAt < tellEveryMs) continue;
      toldAt = performance.now();
      this.#tell(current);
    }
    this.#tell(current);
  }

  /** The newest from the server, then the same search here again. */
  async #complete(current: Current<F>): Promise<void> {
    try {
      const { rows, hasMore } = await this.needs.askServer(current.search.filters, null, firstRows);
      if (this.#current !== current) return;
      this.needs.upsert(current.owner, rows);
      this.#find(current);
      if (!hasMore) current.older = 'none';
      this.#tell(current);
      if (current.found?.isEnd === false) await this.#count(current);
    } catch (error) {
      this.#unreached(current, error);
    }
  }

  async #fetchOlder(current: Current<F>, limit: number): Promise<void> {
    while (current.found?.isEnd === false) {
      current.found.look(Number.POSITIVE_INFINITY, sliceMs);
      await breath();
    }
    const last = current.keys.at(-1);
    const before = last === undefined ? null : Math.floor(last / keyAt(1)) + 1;
    try {
      const { rows, hasMore } = await this.needs.askServer(current.search.filters, before, limit);
      if (this.#current !== current) return;
      this.needs.upsert(current.owner, rows);
      const had = current.keys.length;
      if (current.found === null) this.#find(current);
      else {
        current.found.lookOn();
        current.found.look(Number.POSITIVE_INFINITY, 50);
      }
      if (!hasMore || current.keys.length === had) current.older = 'none';
    } catch (error) {
      this.#unreached(current, error);
      throw error;
    }
  }

  #unreached(current: Current<F>, error: unknown): void {
    if (!(error instanceof AppError)) throw error;
    this.needs.log.warn(`search not completed by the server: ${reasonOf(error)}`);
    current.older = 'unreachable';
    this.#tell(current);
  }

  /** What is kept changed: the same search once more. Its places shift as little as what changed. */
  #again(): void {
    const current = this.#current;
    if (current === null) return;
    const { older } = current;
    try {
      this.#find(current);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return; // too many to sort by now: what is shown stays
    }
    if (older === 'none') current.older = 'none';
    this.#tell(current);
    if (current.found?.isEnd === false) void this.#count(current);
  }

  #tell(current: Current<F>): void {
    if (this.#current === current) this.news.announce(this.#viewOf(current));
  }

  #viewOf(current: Current<F>): FoundView<T> {
    const { keys, found, older, search } = current;
    const isCounting = found !== null && !found.isEnd;
    return {
      searchId: search.searchId,
      count: keys.length,
      isCounting,
      older,
      isOffline: !this.needs.isOnline(),
      durationMs: isCounting || this.needs.durationOf === undefined ? null : this.needs.durationOf(keys),
      rows: this.needs.rowsAt(keys.slice(0, firstRows)).filter(row => row !== null),
    };
  }
}

const fromOf = (filters: unknown): number | null => {
  const from: unknown = typeof filters === 'object' && filters !== null ? Reflect.get(filters, 'from') : null;
  return typeof from === 'number' ? from : null;
};
const breath = (): Promise<void> => new Promise(done => setImmediate(done));

import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../src-shared/errors/app-error';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import type { ReadableDb } from '../cache/open-cache';
import { keyAt, type Wanted } from '../cache/search-table';
import type { FoundView, Search } from '../../src-shared/ipc/record-search';
import {
  addedUp,
  addUp,
  firstRows,
  fromOf,
  lookFor,
  lowestOf,
  sliceMs,
  toEnd,
  type Current,
  type Looked,
} from './current-search';
import { FoundRows } from './found-rows';
import { breath, inTurns } from './in-turns';
import type { KeptRows } from './kept-rows';
import { SortedRows } from './sorted-rows';

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

/** A whole page that was answered is painted in this time, and nothing is counted beside it: there may be only two cores. */
const paintedMs = 50;
const tellEveryMs = 250;
/** An answer that came with few rows is followed by one with more. */
const tellFirstMs = 40;

/** One list that is searched: what is on this computer answers at once, the server completes it. A newer search wins. */
export class SearchDesk<F, T extends { readonly id: string; readonly startedAt: number }> {
  /** The same search has more, or otherwise, than was answered. */
  readonly news = new Announcer<FoundView<T>>();
  #current: Current<F> | null = null;
  /** Seen until the newest is answered, and copied from while that is asked. */
  #previous: Current<F> | null = null;

  constructor(private readonly needs: SearchDeskNeeds<F, T>) {
    needs.kept.changes.hear(() => this.#again());
  }

  /** @throws AppError `sign-in/not-signed-in` */
  async search(search: Search<F>): Promise<FoundView<T>> {
    const { owner } = this.needs.kept;
    if (owner === null) throw new AppError('sign-in/not-signed-in');
    const current = this.#found(search, owner);
    this.#previous = this.#current;
    this.#current = current;
    const view = this.#viewOf(current);
    if (current.found?.isEnd === false) void this.#count(current);
    if (current.older === 'server') void this.#complete(current);
    return view;
  }

  /** Rows by their place in the list; null where one is gone, nothing when the search is neither the newest nor the one before. */
  async rows(searchId: string, first: number, count: number): Promise<(T | null)[]> {
    const current = this.#of(searchId);
    return current === null ? [] : this.needs.rowsAt(current.keys.slice(first, first + count));
  }

  /** Older ones from the server. @throws AppError */
  async more(searchId: string): Promise<FoundView<T> | null> {
    const current = this.#current?.search.searchId === searchId ? this.#current : null;
    if (current === null || current.older === 'none') return current && this.#viewOf(current);
    const isWanted = (): boolean => this.#current === current;
    try {
      await this.#fetchOlder(current, 200, isWanted);
    } catch (error) {
      this.#unreached(current, error);
      throw error;
    }
    await this.#addUp(current);
    return isWanted() ? this.#viewOf(current) : null;
  }

  /**
   * Everything that was found, also what is on the server only: for an export. It looks by itself, so that neither a newer search nor a call
   * that ends leaves something out. null: it is neither the newest search nor the one before. The rows throw an AppError when the server has
   * more and does not answer
   */
  all(searchId: string): AsyncGenerator<readonly T[]> | null {
    const shown = this.#of(searchId);
    return shown === null ? null : this.#allOf(shown);
  }

  async *#allOf(shown: Current<F>): AsyncGenerator<readonly T[]> {
    const own = this.#found(shown.search, shown.owner);
    const isWanted = (): boolean => this.needs.kept.owner === own.owner;
    await toEnd(own, isWanted);
    while (own.older !== 'none' && isWanted()) {
      if (own.older === 'unreachable') throw new AppError('server/unreachable', 'older ones are on the server only');
      await this.#fetchOlder(own, 500, isWanted);
    }
    for (let first = 0; first < own.keys.length && isWanted(); first += 500) {
      yield this.needs.rowsAt(own.keys.slice(first, first + 500)).filter(row => row !== null);
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
    [this.#current, this.#previous] = [null, null];
  }

  /** Of what is kept under another name by now, under another policy for example, there is nothing any more. */
  #of(searchId: string): Current<F> | null {
    const { owner } = this.needs.kept;
    return (
      [this.#current, this.#previous].find(each => each?.search.searchId === searchId && each.owner === owner) ?? null
    );
  }

  #found(search: Search<F>, owner: string): Current<F> {
    const wanted = this.needs.wantedOf(owner, search.filters);
    const base = { search, owner, wanted, older: this.#olderOf(search.filters) };
    return { ...base, duration: null, isRenewing: false, isStale: false, ...this.#look(search, wanted) };
  }

  #look(search: Search<F>, wanted: Wanted): Looked {
    return lookFor(this.needs.db, wanted, search, this.needs.columnOf);
  }

  /** Whether there may be more than is here: only what lies before the span that is kept without a gap. */
  #olderOf(filters: F): Current<F>['older'] {
    const { kept, isOnline } = this.needs;
    const span = kept.span;
    const from = fromOf(filters);
    const isComplete = span !== null && (span.hasAll || (from !== null && from >= span.completeFrom));
    if (isComplete) return 'none';
    return isOnline() ? 'server' : 'unreachable';
  }

  async #count(current: Current<F>): Promise<void> {
    const { found } = current;
    if (current.keys.length >= firstRows) await pause(paintedMs);
    let toldAt = performance.now() - tellEveryMs + tellFirstMs;
    while (this.#current === current && current.found === found && found?.isEnd === false) {
      await breath();
      found.look(Number.POSITIVE_INFINITY, sliceMs);
      if (found.isEnd || performance.now() - toldAt < tellEveryMs) continue; // the end is told with its sum
      toldAt = performance.now();
      this.#tell(current);
    }
    if (current.found !== found) return;
    await this.#addUp(current);
    this.#tell(current);
  }

  async #addUp(current: Current<F>): Promise<void> {
    const { durationOf } = this.needs;
    if (durationOf !== undefined) await addUp(current, durationOf, () => this.#current === current);
  }

  /** The newest from the server, then the same search here again. */
  async #complete(current: Current<F>): Promise<void> {
    try {
      const { rows, hasMore } = await this.needs.askServer(current.search.filters, null, firstRows);
      await this.#put(current, rows, () => this.#current === current);
      if (this.#current !== current) return;
      if (!hasMore) current.older = 'none';
      await this.#renew(current);
    } catch (error) {
      this.#unreached(current, error);
    }
  }

  #put({ owner }: Current<F>, rows: readonly T[], isWanted: () => boolean): Promise<void> {
    return inTurns(rows, some => this.needs.upsert(owner, some), isWanted);
  }

  /** @throws AppError */
  async #fetchOlder(current: Current<F>, limit: number, isWanted: () => boolean): Promise<void> {
    await toEnd(current, isWanted);
    const oldest = current.found instanceof FoundRows ? current.keys.at(-1) : lowestOf(current.keys);
    const before = oldest === undefined ? null : Math.floor(oldest / keyAt(1)) + 1;
    const { rows, hasMore } = await this.needs.askServer(current.search.filters, before, limit);
    await this.#put(current, rows, isWanted);
    if (!isWanted()) return;
    const had = current.keys.length;
    if (current.found instanceof FoundRows) current.found.lookOn();
    else Object.assign(current, this.#look(current.search, current.wanted));
    await toEnd(current, isWanted);
    if (!hasMore || current.keys.length === had) current.older = 'none';
  }

  #unreached(current: Current<F>, error: unknown): void {
    if (!(error instanceof AppError)) throw error;
    this.needs.log.warn(`search not completed by the server: ${reasonOf(error)}`);
    current.older = 'unreachable';
    this.#tell(current);
  }

  #again(): void {
    const current = this.#current;
    if (current === null) return;
    void this.#renew(current);
  }

  /** The same search once more. What was shown stays until as much of it is found again: the place that somebody scrolled to does not jump. */
  async #renew(current: Current<F>): Promise<void> {
    current.isStale = true;
    if (current.isRenewing) return;
    // Seconds of work for one call more: it stands in its place when somebody sorts or searches again.
    if (current.found instanceof SortedRows) return this.#tell(current);
    current.isRenewing = true;
    try {
      while (current.isStale && this.#current === current) {
        current.isStale = false;
        await this.#renewOnce(current);
      }
    } finally {
      current.isRenewing = false;
    }
    if (this.#current === current && current.found?.isEnd === false) await this.#count(current);
  }

  async #renewOnce(current: Current<F>): Promise<void> {
    const next = this.#look(current.search, current.wanted);
    while (next.found?.isEnd === false && next.keys.length < current.keys.length) {
      await breath();
      if (this.#current !== current) return;
      next.found.look(current.keys.length, sliceMs);
    }
    Object.assign(current, next);
    if (current.older !== 'none') current.older = this.#olderOf(current.search.filters);
    if (current.found?.isEnd !== false) await this.#addUp(current);
    this.#tell(current);
  }

  #tell(current: Current<F>): void {
    if (this.#current === current) this.news.announce(this.#viewOf(current));
  }

  #viewOf(current: Current<F>): FoundView<T> {
    const { keys, found, older, search } = current;
    const { durationOf } = this.needs;
    const isCounting = found !== null && !found.isEnd;
    return {
      searchId: search.searchId,
      count: keys.length,
      isCounting,
      older,
      isOffline: !this.needs.isOnline(),
      durationMs: isCounting || durationOf === undefined ? null : addedUp(current, durationOf),
      rows: this.needs.rowsAt(keys.slice(0, firstRows)).filter(row => row !== null),
    };
  }
}

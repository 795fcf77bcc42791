import { AppError } from '../../src-shared/errors/app-error';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import { forgetSpan, keepSpan, keptSpan, type KeptKind, type KeptSpan } from '../cache/kept-span-table';
import type { CacheDb } from '../cache/open-cache';
import { keyAfterNewest, keyAt, beyondAll, removeBelow, removeRows, type SearchedTable } from '../cache/search-table';
import { breath, inTurns } from './in-turns';

interface Row {
  readonly id: string;
  readonly startedAt: number;
}
/** What the server tells of one kind. */
export interface RowsOfServer<T extends Row> {
  /** Newest first. */
  page(before: number | null, limit: number): Promise<{ readonly rows: readonly T[]; readonly hasMore: boolean }>;
  changes(
    cursor: string | null,
    limit: number,
  ): Promise<{
    readonly rows: readonly T[];
    readonly removedIds: readonly string[];
    readonly nextCursor: string;
    readonly hasMore: boolean;
    readonly isReset: boolean;
  }>;
}

export interface KeptRowsNeeds<T extends Row> {
  readonly db: CacheDb;
  readonly kind: KeptKind;
  readonly table: SearchedTable;
  readonly server: RowsOfServer<T>;
  readonly upsert: (owner: string, rows: readonly T[]) => void;
  readonly removed?: (ids: readonly string[]) => void;
  readonly now: () => number;
  readonly log: Logger;
  /** Of one person, newest first. */
  readonly mostRows?: number;
}

/** Three months: what people look for is nearly always newer, and the rest is asked of the server. */
const keptMs = 92 * 24 * 3_600_000;
const pageSize = 500;
const usualMostRows = 1_000_000;
/** So many more may be here before they are counted again. */
const countedAgainAfter = 1000;
/** `completeFrom` before the first page: no moment, because the clocks here may be behind those of the server. */
const nothingYet = Number.MAX_SAFE_INTEGER;
const emptySpan = (cursor: string): KeptSpan => ({
  cursor,
  completeFrom: nothingYet,
  isFilled: false,
  hasAll: false,
});

/** Keeps the newest months of one kind on this computer: filled once, newest first, then told what changes. */
export class KeptRows<T extends Row> {
  /** Something is here, or otherwise, that was not. */
  readonly changes = new Announcer<void>();
  #owner: string | null = null;
  #running: Promise<void> | null = null;
  #isWanted = false;
  /** How many came since they were counted; null: not counted yet. */
  #putSince: number | null = null;

  constructor(private readonly needs: KeptRowsNeeds<T>) {}

  get owner(): string | null {
    return this.#owner;
  }

  get span(): KeptSpan | null {
    const { db, kind } = this.needs;
    return this.#owner === null ? null : keptSpan(db, this.#owner, kind);
  }

  begin(owner: string): void {
    this.#owner = owner;
    this.#putSince = null;
    void this.refresh();
  }

  end(): void {
    this.#owner = null;
  }

  /** One at a time; what is asked meanwhile is done afterwards, once. Failures are for the log: the search says when it has no server. */
  refresh(): Promise<void> {
    this.#isWanted = true;
    this.#running ??= this.#refreshAll().finally(() => (this.#running = null));
    return this.#running;
  }

  async #refreshAll(): Promise<void> {
    while (this.#isWanted && this.#owner !== null) {
      this.#isWanted = false;
      try {
        await this.#follow(this.#owner);
      } catch (error) {
        this.needs.log.warn(`${this.needs.kind} not refreshed: ${reasonOf(error)}`);
        if (!(error instanceof AppError)) throw error;
        return;
      }
    }
  }

  async #follow(owner: string): Promise<void> {
    const { db, kind, server } = this.needs;
    if (keptSpan(db, owner, kind) === null) {
      const { nextCursor } = await server.changes(null, 1);
      if (this.#owner !== owner) return;
      keepSpan(db, owner, kind, emptySpan(nextCursor));
    }
    await this.#fetchChanges(owner);
    await this.#fill(owner);
    await this.#makeRoom(owner);
  }

  async #fetchChanges(owner: string): Promise<void> {
    const { db, kind, table, server } = this.needs;
    for (let hasMore = true; hasMore && this.#owner === owner;) {
      const span = keptSpan(db, owner, kind);
      if (span === null) return;
      const told = await server.changes(span.cursor, pageSize);
      if (this.#owner !== owner) return;
      if (told.isReset) {
        forgetSpan(db, owner, kind);
        while (removeBelow(db, table, owner, beyondAll) > 0) await breath();
        if (this.#owner !== owner) return;
        keepSpan(db, owner, kind, emptySpan(told.nextCursor));
        this.changes.announce();
        return;
      }
      await this.#put(owner, told.rows);
      if (this.#owner !== owner) return;
      removeRows(db, table, owner, told.removedIds);
      this.needs.removed?.(told.removedIds);
      keepSpan(db, owner, kind, { ...span, cursor: told.nextCursor });
      if (told.rows.length > 0 || told.removedIds.length > 0) this.changes.announce();
      ({ hasMore } = told);
    }
  }

  /** As far back as is kept; goes on where it was interrupted. */
  async #fill(owner: string): Promise<void> {
    const { db, kind, server, now, mostRows = usualMostRows } = this.needs;
    let fetched = 0;
    for (;;) {
      const span = keptSpan(db, owner, kind);
      if (span === null || span.isFilled || this.#owner !== owner) return;
      // One more millisecond: of rows that began together the page may have held some.
      const before = span.completeFrom === nothingYet ? null : Math.floor(span.completeFrom) + 1;
      const { rows, hasMore } = await server.page(before, pageSize);
      if (this.#owner !== owner) return;
      await this.#put(owner, rows);
      if (this.#owner !== owner) return;
      fetched += rows.length;
      const oldest = rows.at(-1)?.startedAt ?? span.completeFrom;
      // More began in one millisecond than a page holds: the server alone has the rest.
      const isStuck = oldest >= span.completeFrom;
      const isOver = !hasMore || oldest < now() - keptMs || fetched >= mostRows || isStuck;
      keepSpan(db, owner, kind, {
        ...span,
        completeFrom: hasMore ? Math.min(oldest, span.completeFrom) + (isStuck ? 1 : 0) : 0,
        isFilled: isOver,
        hasAll: !hasMore,
      });
      this.changes.announce();
      await breath();
    }
  }

  #put(owner: string, rows: readonly T[]): Promise<void> {
    if (this.#putSince !== null) this.#putSince += rows.length;
    return inTurns(
      rows,
      some => this.needs.upsert(owner, some),
      () => this.#owner === owner,
    );
  }

  async #makeRoom(owner: string): Promise<void> {
    const { db, kind, table, mostRows = usualMostRows } = this.needs;
    if (this.#putSince !== null && this.#putSince < Math.min(countedAgainAfter, mostRows / 1000)) return;
    this.#putSince = 0;
    const counting = keyAfterNewest(db, table, owner, mostRows);
    let step = counting.next();
    while (step.done !== true) {
      await breath();
      if (this.#owner !== owner) return;
      step = counting.next();
    }
    const key = step.value;
    const span = keptSpan(db, owner, kind);
    if (key === null || span === null) return;
    const completeFrom = Math.max(span.completeFrom, Math.floor(key / keyAt(1)) + 1);
    keepSpan(db, owner, kind, { ...span, completeFrom, hasAll: false });
    while (removeBelow(db, table, owner, key + 1) > 0) await breath();
  }
}

import type { ReadableDb } from '../cache/open-cache';
import { beyondAll, keyBelow, keysBelow, type Wanted } from '../cache/search-table';

/** Keys taken from the index at a time; rows looked at one by one, when no index helps. Both take about a millisecond. */
const takenAtOnce = 2000;
const lookedAtOnce = 4000;
/** More than that nobody scrolls through; eight bytes each. */
const most = 2_000_000;

/**
 * The keys of what was found, newest first: looked for in small steps, so that no call waits for a search. The key of every place in the list
 * is known, so that any part of a million can be shown at once.
 */
export class FoundRows {
  readonly keys: number[] = [];
  #before = beyondAll;
  #isEnd = false;

  constructor(
    private readonly db: ReadableDb,
    private readonly wanted: Wanted,
  ) {}

  get isEnd(): boolean {
    return this.#isEnd;
  }

  /** Looks on until there are `wanted` keys, nothing more is to be found, or the time is over. */
  look(wanted: number, budgetMs: number): void {
    const end = performance.now() + budgetMs;
    while (!this.#isEnd && this.keys.length < wanted) {
      this.#step(Math.min(takenAtOnce, wanted - this.keys.length));
      if (performance.now() > end) return;
    }
  }

  /** There may be older ones now: they were fetched. */
  lookOn(): void {
    this.#isEnd = false;
    this.#before = this.keys.at(-1) ?? beyondAll;
  }

  #step(limit: number): void {
    const isIndexed = this.wanted.match !== null || this.wanted.conditions.length <= 1;
    const from = isIndexed ? 0 : keyBelow(this.db, this.wanted.table, this.#before, lookedAtOnce);
    const found = keysBelow(this.db, this.wanted, { before: this.#before, from, limit });
    for (const key of found) this.keys.push(key);
    const last = found.at(-1);
    if (found.length === limit && last !== undefined) this.#before = last;
    else if (from === 0) this.#isEnd = true;
    else this.#before = from;
    if (this.keys.length >= most) this.#isEnd = true;
  }
}

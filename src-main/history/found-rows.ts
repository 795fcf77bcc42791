import type { ReadableDb } from '../cache/open-cache';
import { keyAt, keysLookedAt, type Wanted } from '../cache/search-table';

/** Rows looked at in the first step, which the person waits for, and in each after those: about two milliseconds, whether they fit or not. */
const lookedFirst = 125;
const lookedAtOnce = 2000;
/** More than that nobody scrolls through; eight bytes each. */
const most = 2_000_000;

/**
 * The keys of what was found, newest first: looked for in small steps, so that no call waits for a search. The key of every place in the list
 * is known, so that any part of a million can be shown at once.
 */
export class FoundRows {
  readonly keys: number[] = [];
  #before: number;
  #isEnd = false;
  #atOnce = lookedFirst;

  constructor(
    private readonly db: ReadableDb,
    private readonly wanted: Wanted,
  ) {
    this.#before = wanted.to;
  }

  get isEnd(): boolean {
    return this.#isEnd;
  }

  /** Looks on until there are `wanted` keys or some more, nothing more is to be found, or the next step, of twice as many rows, would take too long. */
  look(wanted: number, budgetMs: number): void {
    let now = performance.now();
    const end = now + budgetMs;
    while (!this.#isEnd && this.keys.length < wanted) {
      const began = now;
      this.#step();
      now = performance.now();
      if (now + 2 * (now - began) > end) return;
    }
  }

  /** There may be older ones now: they were fetched. Those that began together with the last are looked for again. */
  lookOn(): void {
    this.#isEnd = false;
    const last = this.keys.at(-1);
    if (last === undefined) {
      this.#before = this.wanted.to;
      return;
    }
    this.#before = keyAt(Math.floor(last / keyAt(1)) + 1);
    while ((this.keys.at(-1) ?? this.#before) < this.#before) this.keys.pop();
  }

  #step(): void {
    const atOnce = this.#atOnce;
    const looked = keysLookedAt(this.db, this.wanted, this.#before, atOnce);
    for (const key of looked) if (key > 0) this.keys.push(key);
    const last = looked.at(-1);
    if (last !== undefined) this.#before = Math.abs(last);
    if (looked.length < atOnce || this.keys.length >= most) this.#isEnd = true;
    this.#atOnce = Math.min(lookedAtOnce, atOnce * 2);
  }
}

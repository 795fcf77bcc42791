import type { ReadableDb } from '../cache/open-cache';
import { sortValues, type SortOrder, type SortValue, type Wanted } from '../cache/search-table';
import { FoundRows } from './found-rows';

const valuesAtOnce = 1000;
const mergedAtOnce = 4000;

/** Many found rows in the order of a column: found, read, sorted and merged in small steps, as nothing may keep a call waiting. None is told before all are in order. */
export class SortedRows {
  readonly keys: number[] = [];
  readonly #steps: Generator<void, void>;
  #isEnd = false;

  constructor(db: ReadableDb, wanted: Wanted, order: SortOrder) {
    this.#steps = sort(db, { wanted, order, into: this.keys });
  }

  get isEnd(): boolean {
    return this.#isEnd;
  }

  /** Goes on until the time is over. */
  look(_wanted: number, budgetMs: number): void {
    const end = performance.now() + budgetMs;
    while (!this.#isEnd && performance.now() < end) this.#isEnd = this.#steps.next().done === true;
  }
}

interface Sorting {
  readonly wanted: Wanted;
  readonly order: SortOrder;
  readonly into: number[];
}

function* sort(db: ReadableDb, { wanted, order, into }: Sorting): Generator<void, void> {
  const found = new FoundRows(db, wanted);
  while (!found.isEnd) {
    found.look(Number.POSITIVE_INFINITY, 0);
    yield;
  }
  const { keys } = found;
  const values: SortValue[] = [];
  for (let first = 0; first < keys.length; first += valuesAtOnce) {
    values.push(...sortValues(db, wanted.table, order.column, keys.slice(first, first + valuesAtOnce)));
    yield;
  }
  const isBefore = beforeIn(values, order.isDescending);
  let places = Int32Array.from(keys.keys());
  for (let first = 0; first < keys.length; first += valuesAtOnce) {
    places.subarray(first, first + valuesAtOnce).sort((a, b) => (isBefore(a, b) ? -1 : 1));
    yield;
  }
  for (let run = valuesAtOnce; run < keys.length; run *= 2) places = yield* merged(places, run, isBefore);
  for (const [done, place] of places.entries()) {
    into.push(keys[place] ?? 0);
    if (done % mergedAtOnce === 0) yield;
  }
}

type Before = (a: number, b: number) => boolean;

/** Runs of that length, two in one. */
function* merged(from: Int32Array, run: number, isBefore: Before): Generator<void, Int32Array<ArrayBuffer>> {
  const to = new Int32Array(from.length);
  let at = 0;
  for (let first = 0; first < from.length; first += 2 * run) {
    const [middle, end] = [Math.min(first + run, from.length), Math.min(first + 2 * run, from.length)];
    let [left, right] = [first, middle];
    while (left < middle || right < end) {
      const isLeft = right >= end || (left < middle && !isBefore(from[right] ?? 0, from[left] ?? 0));
      to[at] = from[isLeft ? left : right] ?? 0;
      if (isLeft) left += 1;
      else right += 1;
      at += 1;
      if (at % mergedAtOnce === 0) yield;
    }
  }
  return to;
}

/** As the table sorts: what has no value last, capitals like small letters, equal ones newest first, which is how they were found. */
const beforeIn =
  (values: readonly SortValue[], isDescending: boolean): Before =>
  (a, b) => {
    const [one, other] = [values[a] ?? null, values[b] ?? null];
    if (one === other) return a < b;
    if (one === null || other === null) return other === null;
    return one < other !== isDescending;
  };

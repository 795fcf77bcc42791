import type { FoundView } from '../../src-shared/ipc/record-search';

/** Asked for together; an answer to a search brings the first block. */
export const blockRows = 50;
const mostRows = 5000;

/** The rows in sight and those around them; of a list that flew by, the oldest go. A row that is told again as it was stays the same object. */
export class RowCache<T extends { readonly id: string }> {
  #taken: FoundView<T> | null = null;
  #searchId = '';
  #question = '';
  #rows = new Map<number, T | null>();
  #asked = new Set<number>();
  #moved = 0;

  /**
   * What is in sight and did not come with the answer is asked for anew: a row may be otherwise, or in another place. Of the same question, what was
   * there is seen until then.
   */
  take(view: FoundView<T>, question = view.searchId): void {
    if (view === this.#taken) return;
    const { searchId, rows, count } = view;
    if (question === this.#question) this.#moveBehind(newInFront(rows, this.#taken?.rows ?? []));
    else this.#rows = new Map();
    this.#taken = view;
    this.#searchId = searchId;
    this.#question = question;
    this.#asked = new Set(rows.length >= Math.min(blockRows, count) ? [0] : []);
    this.#set(0, rows);
  }

  /** By so many places the rows were moved until now, because others came in front of them. */
  get moved(): number {
    return this.#moved;
  }

  #moveBehind(by: number): void {
    if (by === 0) return;
    this.#moved += by;
    this.#rows = new Map(Array.from(this.#rows, ([index, row]) => [index + by, row]));
  }

  at(index: number): T | null | undefined {
    return this.#rows.get(index);
  }

  put(searchId: string, first: number, rows: readonly (T | null)[]): void {
    if (searchId !== this.#searchId) return;
    if (this.#rows.size > mostRows) {
      this.#rows.clear();
      this.#asked.clear();
      this.#asked.add(first);
    }
    this.#set(first, rows);
  }

  /** Beginnings of blocks that nobody has asked for. */
  missing(first: number, until: number): number[] {
    const starts: number[] = [];
    for (let start = Math.floor(first / blockRows) * blockRows; start < until; start += blockRows) {
      if (this.#asked.has(start)) continue;
      this.#asked.add(start);
      starts.push(start);
    }
    return starts;
  }

  #set(first: number, rows: readonly (T | null)[]): void {
    for (const [place, row] of rows.entries()) {
      const known = this.#rows.get(first + place);
      if (known === undefined || JSON.stringify(known) !== JSON.stringify(row)) this.#rows.set(first + place, row);
    }
  }
}

/** How many came in front of those that were there; none when it is one of those that went to another place. */
function newInFront(rows: readonly { readonly id: string }[], before: readonly { readonly id: string }[]): number {
  const by = rows.findIndex(({ id }) => id === before[0]?.id);
  const known = new Set(before.map(({ id }) => id));
  return rows.slice(0, Math.max(0, by)).some(({ id }) => known.has(id)) ? 0 : Math.max(0, by);
}

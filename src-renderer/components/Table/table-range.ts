/** Height of a row; the style sheet has the same. */
export const rowHeight = 32;
/** Browsers draw nothing higher than some 33 million pixels; a longer list is scrolled by its share. */
const highest = 16_000_000;
const spareRows = 4;

export const canvasHeight = (count: number): number => Math.min(count * rowHeight, highest);

/** How far a list of `count` rows is scrolled, in pixels of its own, when its canvas is at `scrollTop`. */
export function scrolledTo(count: number, scrollTop: number, viewHeight: number): number {
  const full = count * rowHeight;
  const canvas = canvasHeight(count);
  if (full <= canvas || canvas <= viewHeight) return scrollTop;
  return (Math.min(scrollTop, canvas - viewHeight) / (canvas - viewHeight)) * (full - viewHeight);
}

/** Where the canvas must be for a row to be at `offset` pixels of the list. */
export function canvasAt(count: number, offset: number, viewHeight: number): number {
  const full = count * rowHeight;
  const canvas = canvasHeight(count);
  if (full <= canvas || full <= viewHeight) return offset;
  return (offset / (full - viewHeight)) * (canvas - viewHeight);
}

/** Rows that are drawn. */
export function drawnRows(count: number, offset: number, viewHeight: number): { first: number; until: number } {
  const first = Math.max(0, Math.floor(offset / rowHeight) - spareRows);
  return { first, until: Math.min(count, Math.ceil((offset + viewHeight) / rowHeight) + spareRows) };
}

/**
 * The rows that are drawn, each in a place of its own: one that goes out of sight leaves its place to one that comes in, and is not made
 * anew. null: nothing in this place.
 */
export function rowPlaces(first: number, until: number, viewHeight: number): (number | null)[] {
  const places = Math.max(until - first, Math.ceil(viewHeight / rowHeight) + 1 + 2 * spareRows);
  return Array.from({ length: places }, (_, place) => {
    const index = first + ((((place - first) % places) + places) % places);
    return index < until ? index : null;
  });
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}
export interface Selection {
  /** Where the keyboard is. */
  readonly at: Cell;
  /** The other corner. */
  readonly from: Cell;
}
export const selectedRange = ({ at, from }: Selection) => ({
  firstRow: Math.min(at.row, from.row),
  lastRow: Math.max(at.row, from.row),
  firstColumn: Math.min(at.column, from.column),
  lastColumn: Math.max(at.column, from.column),
});

const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where a key takes the keyboard; null when it is none of the table's. */
export function cellAfter(
  key: string,
  at: Cell,
  { rows, columns, page }: { readonly rows: number; readonly columns: number; readonly page: number },
): Cell | null {
  const clamp = (row: number, column: number): Cell => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  const step = steps[key];
  if (step !== undefined) return clamp(at.row + step[0], at.column + step[1]);
  if (key === 'PageUp') return clamp(at.row - page, at.column);
  if (key === 'PageDown') return clamp(at.row + page, at.column);
  if (key === 'Home') return clamp(0, at.column);
  if (key === 'End') return clamp(rows - 1, at.column);
  if (key === 'Control+Home') return clamp(0, 0);
  if (key === 'Control+End') return clamp(rows - 1, columns - 1);
  return null;
}

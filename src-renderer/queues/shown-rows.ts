/** Height of a caller's row; the style sheet has the same. */
export const rowHeight = 44;
/** Rows drawn beyond what is seen, on either side, so that fast scrolling shows no holes. */
const spareRows = 3;

/** Which rows of a long list are drawn. Two thousand wait as well as twenty. */
export function shownRows(count: number, scrollTop: number, height: number): { from: number; until: number } {
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + height) / rowHeight);
  const from = Math.max(0, Math.min(first - spareRows, count));
  return { from, until: Math.max(from, Math.min(count, last + spareRows)) };
}

/** The place in line that a row of the list shows, and the other way round. */
export const positionAt = (row: number, count: number, isNextOnTop: boolean): number =>
  isNextOnTop ? row + 1 : count - row;
export const rowAt = (position: number, count: number, isNextOnTop: boolean): number =>
  isNextOnTop ? position - 1 : count - position;

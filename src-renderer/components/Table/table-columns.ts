import type { CSSProperties } from 'react';

const actionsWidth = 68;

const leastOf = (width: string): number => Number(/\d+/.exec(width)?.[0] ?? 0);
const shareOf = (width: string): number => Number(/([\d.]+)fr/.exec(width)?.[1] ?? 0);

/** Of the grid that head and rows are. */
interface ColumnWidths {
  readonly columns: string;
  readonly leastPx: number;
  /** There is more of it than is in sight. */
  readonly isWider: boolean;
}

/**
 * Columns share the width. Where there is less than all of them need, the table is scrolled sideways: those that are in sight whole take what is
 * left, so that the next one begins where the orders of the row stand, and none looks cut.
 * @param widths as in `grid-template-columns`
 * @param roomPx that is in sight; 0: not known yet
 */
export function columnWidths(widths: readonly string[], hasActions: boolean, roomPx: number): ColumnWidths {
  const ownPx = hasActions ? actionsWidth : 0;
  const own = hasActions ? [`${actionsWidth}px`] : [];
  const leastPx = widths.reduce((sum, width) => sum + leastOf(width), ownPx);
  const isWider = roomPx > 0 && leastPx > roomPx;
  if (!isWider) return { columns: [...widths, ...own].join(' '), leastPx, isWider };
  let taken = 0;
  let whole = 0;
  while (taken + leastOf(widths[whole] ?? '') <= roomPx - ownPx) {
    taken += leastOf(widths[whole] ?? '');
    whole += 1;
  }
  const spare = whole === 0 ? 0 : roomPx - ownPx - taken;
  const shares = widths.slice(0, whole).map(shareOf);
  const taker = shares.indexOf(Math.max(...shares));
  const fitted = widths.map((width, place) => `${leastOf(width) + (place === taker ? spare : 0)}px`);
  return { columns: [...fitted, ...own].join(' '), leastPx: leastPx + spare, isWider };
}

/** The same, for the frame around head and rows. */
export function frameOf(
  columns: readonly { readonly width: string }[],
  hasActions: boolean,
  roomPx: number,
): { readonly style: CSSProperties; readonly 'data-wider': true | undefined } {
  const found = columnWidths(
    columns.map(({ width }) => width),
    hasActions,
    roomPx,
  );
  const style = { ['--columns' as string]: found.columns, ['--least' as string]: `${found.leastPx}px` };
  return { style, 'data-wider': found.isWider || undefined };
}

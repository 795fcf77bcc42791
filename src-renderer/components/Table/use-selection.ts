import { useCallback, useState } from 'react';
import type { Cell, Selection } from './table-range';

const top: Selection = { at: { row: 0, column: 0 }, from: { row: 0, column: 0 } };

/**
 * The selected cells: at the top of a list that is another, never below the end of one that became shorter, and in the same rows when others come in
 * front of them. Who has chosen none yet stays at the top.
 */
export function useSelection(
  count: number,
  listKey: string,
  moved: number,
): [Selection, select: (cell: Cell, isLonger: boolean) => void] {
  const [selection, setSelection] = useState(top);
  const [selectedIn, setSelectedIn] = useState(listKey);
  if (selectedIn !== listKey) {
    setSelectedIn(listKey);
    setSelection(top);
  }
  const [seen, setSeen] = useState(moved);
  if (seen !== moved) {
    setSeen(moved);
    const behind = (cell: Cell): Cell => ({ ...cell, row: cell.row + moved - seen });
    setSelection(now => (now === top ? top : { at: behind(now.at), from: behind(now.from) }));
  }
  const last = Math.max(0, count - 1);
  const within = (cell: Cell): Cell => (cell.row <= last ? cell : { ...cell, row: last });
  const select = useCallback((cell: Cell, isLonger: boolean) => {
    setSelection(now => ({ at: cell, from: isLonger ? now.from : cell }));
  }, []);
  return [{ at: within(selection.at), from: within(selection.from) }, select];
}

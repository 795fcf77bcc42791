import { useState, type Dispatch, type SetStateAction } from 'react';
import type { Cell, Selection } from './table-range';

const top: Selection = { at: { row: 0, column: 0 }, from: { row: 0, column: 0 } };

/** The selected cells: at the top of a list that is another, and never below the end of one that became shorter. */
export function useSelection(count: number, listKey: string): [Selection, Dispatch<SetStateAction<Selection>>] {
  const [selection, setSelection] = useState(top);
  const [selectedIn, setSelectedIn] = useState(listKey);
  if (selectedIn !== listKey) {
    setSelectedIn(listKey);
    setSelection(top);
  }
  const last = Math.max(0, count - 1);
  const within = (cell: Cell): Cell => (cell.row <= last ? cell : { ...cell, row: last });
  return [{ at: within(selection.at), from: within(selection.from) }, setSelection];
}

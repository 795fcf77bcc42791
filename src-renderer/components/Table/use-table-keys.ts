import type { KeyboardEvent } from 'react';
import type { TableProps } from './Table';
import { cellAfter, rowHeight, selectedRange, type Cell, type Selection } from './table-range';
import type { View } from './use-table-view';

interface TableOrders {
  readonly id: string;
  readonly select: (cell: Cell, isLonger: boolean) => void;
  readonly view: View;
}

/** Arrows walk from cell to cell, Shift makes the selection longer, Ctrl+C copies it, Enter opens the row. */
export function useTableKeys<T>(
  { columns, count, onOpen, onCopy }: TableProps<T>,
  selection: Selection,
  { id, select, view }: TableOrders,
): (event: KeyboardEvent) => void {
  return event => {
    if (event.target !== event.currentTarget || count === 0) return;
    const isControl = event.ctrlKey || event.metaKey;
    if (isControl && event.key.toLowerCase() === 'c') {
      event.preventDefault();
      onCopy({ ...selectedRange(selection), withHeaders: event.shiftKey });
      return;
    }
    if (event.altKey) return;
    if (event.key === 'Enter' && !isControl) {
      event.preventDefault();
      onOpen(selection.at.row);
      return;
    }
    const isMirrored = getComputedStyle(event.currentTarget).direction === 'rtl';
    const key = isMirrored ? (mirrored[event.key] ?? event.key) : event.key;
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const next = cellAfter(isControl ? `Control+${key}` : key, selection.at, {
      rows: count,
      columns: columns.length,
      page,
    });
    if (next === null) return;
    event.preventDefault();
    select(next, event.shiftKey);
    view.showRow(next.row);
    if (next.column !== selection.at.column)
      document.getElementById(`${id}-${next.row}-${next.column}`)?.scrollIntoView(nearest);
  };
}
const nearest = { block: 'nearest', inline: 'nearest' } as const;
const mirrored: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };

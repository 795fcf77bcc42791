import { memo, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { TableColumn } from './Table';
import type { Cell } from './table-range';
import styles from './Table.module.css';

interface RowProps<T> {
  readonly id: string;
  readonly index: number;
  readonly row: T | null | undefined;
  readonly top: number;
  readonly columns: readonly TableColumn<T>[];
  readonly actions: ((row: T) => ReactNode) | undefined;
  readonly activeColumn: number | null;
  readonly from: number;
  readonly to: number;
  readonly select: (cell: Cell, isLonger: boolean) => void;
  readonly onOpen: (index: number) => void;
}

/** The place of a row changes with every pixel; what is in it does not. */
export function TableRow<T>({ top, index, activeColumn, ...rest }: RowProps<T>): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // A button of the row that stood here must not get a key that is pressed now.
    if (box.current?.contains(document.activeElement) === true)
      box.current.closest<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
  }, [index]);
  return (
    <div
      ref={box}
      className={styles['row']}
      style={{ insetBlockStart: top }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2} // the first is that of the heads
      data-active={activeColumn !== null || undefined}
      data-waiting={rest.row === undefined || undefined}
    >
      <Cells {...rest} index={index} activeColumn={activeColumn} />
    </div>
  );
}

const Cells = memo(CellsOfRow) as typeof CellsOfRow;

function CellsOfRow<T>({
  id,
  index,
  row,
  columns,
  actions,
  activeColumn,
  from,
  to,
  select,
  onOpen,
}: Omit<RowProps<T>, 'top'>): ReactNode {
  return (
    <>
      {columns.map((column, place) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are heard by the grid
        <div
          key={column.id}
          id={`${id}-${index}-${place}`}
          className={styles['cell']}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid
          role="gridcell"
          tabIndex={-1}
          aria-selected={place >= from && place <= to}
          data-number={column.isNumber === true || undefined}
          data-at={activeColumn === place || undefined}
          onPointerDown={event => event.button === 0 && select({ row: index, column: place }, event.shiftKey)}
          onPointerEnter={event => event.buttons === 1 && select({ row: index, column: place }, true)}
          onDoubleClick={() => onOpen(index)}
        >
          {row === undefined || row === null ? (
            <i className={styles['blank']} />
          ) : (
            (column.cell?.(row) ?? <span className={styles['text']}>{column.text(row)}</span>)
          )}
        </div>
      ))}
      {actions !== undefined && (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid
        <div className={styles['actions']} role="gridcell" tabIndex={-1}>
          {row !== undefined && row !== null && actions(row)}
        </div>
      )}
    </>
  );
}

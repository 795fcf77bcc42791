import { memo, useEffect, useId, type ReactNode } from 'react';
import { frameOf } from './table-columns';
import { canvasHeight, drawnRows, rowHeight, rowPlaces, selectedRange } from './table-range';
import { TableHeads } from './TableHeads';
import { TableRow } from './TableRow';
import { useSelection } from './use-selection';
import { useTableKeys } from './use-table-keys';
import { useTableView } from './use-table-view';
import styles from './Table.module.css';

export interface TableColumn<T> {
  readonly id: string;
  readonly label: string;
  /** As in `grid-template-columns`. */
  readonly width: string;
  readonly isSortable?: boolean;
  readonly isNumber?: boolean;
  /** What the cell says; also what is copied. */
  readonly text: (row: T) => string;
  readonly cell?: (row: T) => ReactNode;
}
export interface TableSort {
  readonly by: string;
  readonly direction: 'ascending' | 'descending';
}
export interface CopyOrder {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly withHeaders: boolean;
}
export interface TableProps<T> {
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  readonly count: number;
  /** undefined: not here yet; null: gone. */
  readonly rowAt: (index: number) => T | null | undefined;
  readonly onShow: (first: number, until: number) => void;
  readonly sort: TableSort;
  readonly onSort: (by: string) => void;
  readonly onOpen: (index: number) => void;
  readonly onCopy: (order: CopyOrder) => void;
  /** Changes when the list is another: the table goes to its top. */
  readonly listKey: string;
  /** Rises by as many places as the rows were moved, because others came in front of them: whoever is in one stays in it. */
  readonly moved: number;
  /** What changed in the rows themselves. */
  readonly rowsVersion: unknown;
  readonly actions?: (row: T) => ReactNode;
  /** What their column is called. */
  readonly actionsLabel?: string;
  readonly testId: string;
}

/**
 * A list of any length of which only what is seen is drawn. The keyboard is in the table, which names the active cell. With the same props it is not
 * drawn again: a key in the search is answered sooner than a table is drawn twice.
 */
export const Table = memo(AnyTable) as typeof AnyTable;

function AnyTable<T>(props: TableProps<T>): ReactNode {
  const { label, columns, count, rowAt, onShow, onOpen, listKey, moved, rowsVersion, actions, testId } = props;
  const id = useId();
  const [box, view] = useTableView(count, listKey, moved);
  const [selection, select] = useSelection(count, listKey, moved);
  const { first, until } = drawnRows(count, view.offset, view.height);
  useEffect(() => onShow(first, until), [first, until, onShow, rowsVersion]);
  const press = useTableKeys(props, selection, { id, select, view });
  const range = selectedRange(selection);
  return (
    <div className={styles['frame']} {...frameOf(columns, actions !== undefined, view.width)}>
      <TableHeads {...props} id={`${id}-heads`} body={box} />
      <div
        ref={box}
        className={styles['scroller']}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native table cannot draw a part of a million rows
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-owns={`${id}-heads`}
        aria-rowcount={count + 1}
        aria-multiselectable="true"
        aria-activedescendant={count === 0 ? undefined : `${id}-${selection.at.row}-${selection.at.column}`}
        data-testid={testId}
        onScroll={view.onScroll}
        onKeyDown={press}
      >
        <div className={styles['canvas']} style={{ blockSize: canvasHeight(count) }} role="presentation">
          {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid */}
          <div className={styles['window']} style={{ blockSize: view.height }} role="rowgroup">
            {rowPlaces(first, until, view.height).map(
              (index, place) =>
                index !== null && (
                  <TableRow
                    key={place}
                    id={id}
                    index={index}
                    row={rowAt(index)}
                    top={index * rowHeight - view.offset}
                    columns={columns}
                    actions={actions}
                    activeColumn={selection.at.row === index ? selection.at.column : null}
                    from={index >= range.firstRow && index <= range.lastRow ? range.firstColumn : -1}
                    to={index >= range.firstRow && index <= range.lastRow ? range.lastColumn : -1}
                    select={select}
                    onOpen={onOpen}
                  />
                ),
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

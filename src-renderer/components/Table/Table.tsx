import {
  memo,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import {
  canvasAt,
  canvasHeight,
  cellAfter,
  drawnRows,
  rowHeight,
  scrolledTo,
  selectedRange,
  type Cell,
  type Selection,
} from './table-range';
import { TableHeads } from './TableHeads';
import { columnsOf, useSideways } from './use-sideways';
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
interface TableProps<T> {
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
  /** What changed in the rows themselves. */
  readonly rowsVersion: unknown;
  readonly actions?: (row: T) => ReactNode;
  readonly testId: string;
}

/** A list of any length of which only what is seen is drawn. The keyboard is in the table, which names the active cell. */
export function Table<T>(props: TableProps<T>): ReactNode {
  const { label, columns, count, rowAt, onShow, sort, onSort, onOpen, listKey, rowsVersion, actions, testId } = props;
  const id = useId();
  const [box, view] = useTableView(count, listKey);
  const [selection, setSelection] = useState<Selection>({ at: { row: 0, column: 0 }, from: { row: 0, column: 0 } });
  const { first, until } = drawnRows(count, view.offset, view.height);
  useEffect(() => onShow(first, until), [first, until, onShow, rowsVersion]);
  const select = useCallback((cell: Cell, isLonger: boolean) => {
    setSelection(now => ({ at: cell, from: isLonger ? now.from : cell }));
  }, []);
  const press = useTableKeys(props, selection, { id, select, view });
  const range = selectedRange(selection);
  const heads = useRef<HTMLDivElement>(null);
  useSideways(heads, box);
  return (
    <div className={styles['frame']} style={columnsOf(columns, actions !== undefined)}>
      <TableHeads ref={heads} columns={columns} sort={sort} onSort={onSort} hasActions={actions !== undefined} />
      <div
        ref={box}
        className={styles['scroller']}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native table cannot draw a part of a million rows
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={count === 0 ? undefined : `${id}-${selection.at.row}-${selection.at.column}`}
        data-testid={testId}
        onScroll={view.onScroll}
        onKeyDown={press}
      >
        <div className={styles['canvas']} style={{ blockSize: canvasHeight(count) }} role="presentation">
          {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid */}
          <div className={styles['window']} style={{ blockSize: view.height }} role="rowgroup">
            {Array.from({ length: until - first }, (_, place) => first + place).map(index => (
              <TableRow
                key={index}
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
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

interface View {
  readonly offset: number;
  readonly height: number;
  readonly onScroll: () => void;
  readonly showRow: (row: number) => void;
}

function useTableView(count: number, listKey: string): readonly [RefObject<HTMLDivElement | null>, View] {
  const box = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(600);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => setHeight(element.clientHeight));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    box.current?.scrollTo({ top: 0 }); // newer browsers answer with a promise
  }, [listKey]);
  const offset = scrolledTo(count, scrollTop, height);
  const showRow = (row: number): void => {
    const top = row * rowHeight;
    const wanted = top < offset ? top : top + rowHeight > offset + height ? top + rowHeight - height : null;
    if (wanted !== null) box.current?.scrollTo({ top: canvasAt(count, wanted, height) });
  };
  const onScroll = (): void => setScrollTop(box.current?.scrollTop ?? 0);
  return [box, { offset, height, onScroll, showRow }];
}

interface TableOrders {
  readonly id: string;
  readonly select: (cell: Cell, isLonger: boolean) => void;
  readonly view: View;
}

function useTableKeys<T>(
  { columns, count, onOpen, onCopy }: TableProps<T>,
  selection: Selection,
  { id, select, view }: TableOrders,
): (event: KeyboardEvent) => void {
  return event => {
    if (event.target !== event.currentTarget || count === 0) return;
    const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    if (isCopy) {
      event.preventDefault();
      onCopy({ ...selectedRange(selection), withHeaders: event.shiftKey });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      onOpen(selection.at.row);
      return;
    }
    const isMirrored = getComputedStyle(event.currentTarget).direction === 'rtl';
    const key = isMirrored ? (mirrored[event.key] ?? event.key) : event.key;
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const next = cellAfter(key, selection.at, { rows: count, columns: columns.length, page });
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
function TableRow<T>({ top, index, activeColumn, ...rest }: RowProps<T>): ReactNode {
  return (
    <div
      className={styles['row']}
      style={{ insetBlockStart: top }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 1}
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

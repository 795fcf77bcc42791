import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, type ReactNode, type RefObject } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import type { TableColumn, TableProps } from './Table';
import { useSideways } from './use-sideways';
import styles from './Table.module.css';

type TableHeadsProps<T> = Pick<TableProps<T>, 'columns' | 'sort' | 'onSort' | 'actionsLabel'> & {
  readonly id: string;
  /** What is scrolled below. */
  readonly body: RefObject<HTMLDivElement | null>;
};

/** What the columns are called, and by which of them the list is sorted: the first row of the grid, above what is scrolled. */
export function TableHeads<T>({ body, id, columns, sort, onSort, actionsLabel }: TableHeadsProps<T>): ReactNode {
  const heads = useRef<HTMLDivElement>(null);
  useSideways(heads, body);
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid
    <div ref={heads} id={id} className={styles['heads']} role="row" aria-rowindex={1}>
      {columns.map(column => (
        <Head key={column.id} {...column} sort={sort} onSort={onSort} />
      ))}
      {actionsLabel !== undefined && (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid
        <div className={styles['corner']} role="columnheader">
          <VisuallyHidden>{actionsLabel}</VisuallyHidden>
        </div>
      )}
    </div>
  );
}

function Head<T>({
  id,
  label,
  isSortable = false,
  isNumber = false,
  sort,
  onSort,
}: TableColumn<T> & Pick<TableHeadsProps<T>, 'sort' | 'onSort'>): ReactNode {
  const direction = sort.by === id ? sort.direction : 'none';
  const shape = { className: styles['head'], 'data-number': isNumber || undefined };
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the grid
    <div role="columnheader" aria-sort={isSortable ? direction : undefined}>
      {isSortable ? (
        <button type="button" {...shape} onClick={() => onSort(id)}>
          <span>{label}</span>
          {direction === 'ascending' && <ArrowUp size={14} aria-hidden="true" />}
          {direction === 'descending' && <ArrowDown size={14} aria-hidden="true" />}
        </button>
      ) : (
        <span {...shape}>{label}</span>
      )}
    </div>
  );
}

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { TableColumn, TableSort } from './Table';
import styles from './Table.module.css';

interface TableHeadsProps<T> {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly columns: readonly TableColumn<T>[];
  readonly sort: TableSort;
  readonly onSort: (by: string) => void;
  readonly hasActions: boolean;
}

/** What the columns are called, and by which of them the list is sorted. */
export function TableHeads<T>({ ref, columns, sort, onSort, hasActions }: TableHeadsProps<T>): ReactNode {
  return (
    <div ref={ref} className={styles['heads']}>
      {columns.map(({ id, label, isSortable = false, isNumber = false }) =>
        isSortable ? (
          <button
            key={id}
            type="button"
            className={styles['head']}
            data-number={isNumber || undefined}
            aria-pressed={sort.by === id}
            onClick={() => onSort(id)}
          >
            <span>{label}</span>
            {sort.by === id &&
              (sort.direction === 'ascending' ? (
                <ArrowUp size={14} aria-hidden="true" />
              ) : (
                <ArrowDown size={14} aria-hidden="true" />
              ))}
          </button>
        ) : (
          <span key={id} className={styles['head']} data-number={isNumber || undefined}>
            {label}
          </span>
        ),
      )}
      {hasActions && <span className={styles['corner']} />}
    </div>
  );
}

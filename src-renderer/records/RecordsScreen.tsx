import { useCallback, type ReactNode } from 'react';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { Table, type CopyOrder, type TableColumn, type TableSort } from '../components/Table/Table';
import { ScreenTitle } from '../shell/ScreenTitle';
import { useText } from '../text/text';
import { copyCells } from './copy-cells';
import { ListOrders } from './ListOrders';
import { ListState } from './ListState';
import { sortedBy } from './sorted-by';
import { startExport } from './start-export';
import type { ListColumns } from './use-columns';
import type { FoundRows, ListKind, ListOf } from './use-found-rows';
import styles from './RecordsScreen.module.css';

interface RecordsScreenProps<K extends ListKind, Id extends string> {
  readonly what: K;
  readonly title: string;
  readonly agent: AgentProfile;
  readonly list: FoundRows<ListOf[K]['row']>;
  /** Rows that are shown of what was found. */
  readonly count: number;
  readonly columns: ListColumns<Id, TableColumn<ListOf[K]['row']> & { readonly id: Id }>;
  readonly sort: TableSort;
  readonly onSort: (next: (now: TableSort) => TableSort) => void;
  readonly onOpen: (index: number) => void;
  readonly filters: ReactNode;
  /** How much was found, and what can be done with all of it. */
  readonly facts: ReactNode;
  readonly rowOrders: (row: ListOf[K]['row']) => ReactNode;
  readonly isNarrowed: boolean;
  readonly emptyTitle: string;
  readonly empty: string;
}

/** A list that is searched, arranged, opened and taken along: of calls or of recordings. */
export function RecordsScreen<K extends ListKind, Id extends string>(props: RecordsScreenProps<K, Id>): ReactNode {
  const { what, title, agent, list, count, sort, onSort, onOpen, filters, facts, rowOrders } = props;
  const { t } = useText();
  const { all, columns, columnIds, toggleColumn } = props.columns;
  const { rowsOf } = list;
  const sortBy = useCallback((by: string): void => onSort(now => sortedBy(now, by)), [onSort]);
  const copy = useCallback(
    (order: CopyOrder): void => void copyCells(what, order, columns, rowsOf),
    [what, columns, rowsOf],
  );
  return (
    <div className={styles['screen']}>
      <ScreenTitle
        title={title}
        agent={agent}
        action={
          <ListOrders
            columns={all}
            chosen={columnIds}
            onToggle={toggleColumn}
            onExport={format => void startExport({ what, searchId: list.searchId, columns }, format, t)}
          />
        }
      />
      {filters}
      {facts}
      {count > 0 && list.failure === null ? (
        <Table
          label={title}
          testId={what === 'records' ? 'calls-table' : 'recordings-table'}
          columns={columns}
          count={count}
          rowAt={list.rowAt}
          onShow={list.onShow}
          rowsVersion={list.version}
          listKey={list.listKey}
          moved={list.moved}
          sort={sort}
          onSort={sortBy}
          onOpen={onOpen}
          onCopy={copy}
          actions={rowOrders}
          actionsLabel={t('records.row-actions')}
        />
      ) : (
        <ListState
          found={list.found}
          failure={list.failure}
          isNarrowed={props.isNarrowed}
          emptyTitle={props.emptyTitle}
          empty={props.empty}
          onAgain={list.again}
        />
      )}
    </div>
  );
}

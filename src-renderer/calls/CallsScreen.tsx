import { Phone, Play } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { CallRecord } from '../../src-shared/calls/call-record';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { RowButton } from '../components/Table/RowButton';
import { Table, type TableSort } from '../components/Table/Table';
import { copyCells } from '../records/copy-cells';
import { startExport } from '../records/start-export';
import { ListOrders } from '../records/ListOrders';
import { FoundCount, ListState } from '../records/ListState';
import { sortedBy } from '../records/sorted-by';
import { useColumns } from '../records/use-columns';
import { useFoundRows, type FoundRows } from '../records/use-found-rows';
import { closeSheet, openRecording, openSheet, useViewStore } from '../stores/view-store';
import { ScreenTitle } from '../shell/ScreenTitle';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { callBack } from './call-back';
import { CallFilters } from './CallFilters';
import { CallSheet } from './CallSheet';
import { callColumnIds, callColumns, usualCallColumns } from './call-columns';
import { isNarrowed, noCallFilters, type ChosenFilters } from './call-filters';
import styles from './CallsScreen.module.css';

/** Every call of this person, or of their team: found as one types, opened with Enter (S223-S236). */
export function CallsScreen({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  const [chosen, setChosen] = useState<ChosenFilters>(noCallFilters);
  const [sort, setSort] = useState<TableSort>({ by: 'startedAt', direction: 'descending' });
  const list = useFoundRows('records', chosen.filters, sort);
  const [opened, open] = useOpenedCall(list.rowAt);
  const { all, columnIds, toggleColumn, columns } = useCallColumns(agent.role);
  const count = list.found?.count ?? 0;
  return (
    <div className={styles['screen']}>
      <ScreenTitle
        title={t('shell.calls')}
        agent={agent}
        action={
          <ListOrders
            columns={all}
            chosen={columnIds}
            onToggle={toggleColumn}
            onExport={format => void startExport({ what: 'records', searchId: list.searchId, columns }, format, t)}
          />
        }
      />
      <CallFilters agent={agent} chosen={chosen} onChange={setChosen} />
      <FoundCount found={list.found} />
      {count > 0 && list.failure === null ? (
        <Table
          label={t('shell.calls')}
          testId="calls-table"
          columns={columns}
          count={count}
          rowAt={list.rowAt}
          onShow={list.onShow}
          rowsVersion={list.version + (list.found?.count ?? 0)}
          listKey={list.searchId}
          sort={sort}
          onSort={by => setSort(now => sortedBy(now, by))}
          onOpen={open}
          onCopy={order => void copyCells('records', order, columns, list.rowsOf)}
          actions={rowOrders}
        />
      ) : (
        <ListState
          found={list.found}
          failure={list.failure}
          isNarrowed={isNarrowed(chosen)}
          emptyTitle={t('records.no-calls-title')}
          empty={t('records.no-calls')}
          onAgain={list.again}
        />
      )}
      {opened !== null && <CallSheet record={opened} onClose={() => closeSheet('call')} />}
    </div>
  );
}

/** The call in the sheet; a call that begins to ring closes it, as every sheet. */
function useOpenedCall(rowAt: FoundRows<CallRecord>['rowAt']) {
  const [opened, setOpened] = useState<CallRecord | null>(null);
  const isOpen = useViewStore(state => state.sheet === 'call');
  const open = useCallback(
    (index: number): void => {
      const row = rowAt(index);
      if (row === null || row === undefined) return;
      setOpened(row);
      openSheet('call');
    },
    [rowAt],
  );
  return [isOpen ? opened : null, open] as const;
}

function useCallColumns(role: AgentProfile['role']) {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  const usual = role === 'agent' ? usualCallColumns : ([...usualCallColumns, 'agentName'] as const);
  const [columnIds, toggleColumn] = useColumns('calls', callColumnIds, usual);
  const all = useMemo(() => callColumns({ t, language, formatNumber }), [t, language, formatNumber]);
  const columns = useMemo(() => all.filter(({ id }) => columnIds.includes(id)), [all, columnIds]);
  return { all, columnIds, toggleColumn, columns };
}

/** One function for every picture: with another, each row would be drawn anew. */
const rowOrders = (record: CallRecord): ReactNode => <RowOrders record={record} />;

function RowOrders({ record }: { readonly record: CallRecord }): ReactNode {
  const { t } = useText();
  const { recordingId } = record;
  return (
    <>
      {recordingId !== null && (
        <RowButton label={t('records.play')} onClick={() => openRecording(recordingId)}>
          <Play size={14} aria-hidden="true" />
        </RowButton>
      )}
      {record.remoteNumber !== '' && (
        <RowButton label={t('records.call-back')} onClick={() => callBack(record)}>
          <Phone size={14} aria-hidden="true" />
        </RowButton>
      )}
    </>
  );
}

import { FileDown, Play } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Recording } from '../../src-shared/recordings/recording';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { isNarrowed } from '../calls/call-filters';
import { RowButton } from '../components/Table/RowButton';
import { Table, type TableSort } from '../components/Table/Table';
import { copyCells } from '../records/copy-cells';
import { ListOrders } from '../records/ListOrders';
import { ListState } from '../records/ListState';
import { startExport } from '../records/start-export';
import { boundsOf } from '../records/TimeFilter';
import { sortedBy } from '../records/sorted-by';
import { useColumns } from '../records/use-columns';
import { useFoundRows, type FoundRows } from '../records/use-found-rows';
import { ScreenTitle } from '../shell/ScreenTitle';
import { openRecording } from '../stores/view-store';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { downloadRecordings } from '../records/start-download';
import { mostDownloaded, RecordingFacts } from './RecordingFacts';
import { RecordingFilters, type ChosenRecordings } from './RecordingFilters';
import { agentColumns, recordingColumnIds, recordingColumns, supervisorColumns } from './recording-columns';
import styles from './RecordingsScreen.module.css';

/** What is shown before anybody searches: the ten newest (S194). */
const newestShown = 10;

/** A supervisor begins with the last hour (S024), an agent with the newest. */
const atFirst = (agent: AgentProfile): ChosenRecordings =>
  agent.role === 'agent' ? { filters: {}, time: 'any' } : { filters: { ...boundsOf('last-hour') }, time: 'last-hour' };

/** Recordings that this person may hear: found, played, taken along (S192-S204, S016-S055). */
export function RecordingsScreen({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  const [chosen, setChosen] = useState<ChosenRecordings>(() => atFirst(agent));
  const [sort, setSort] = useState<TableSort>({ by: 'startedAt', direction: 'descending' });
  const [showsAll, setShowsAll] = useState(agent.role !== 'agent');
  const list = useFoundRows('recordings', chosen.filters, sort);
  const { all, columnIds, toggleColumn, columns } = useRecordingColumns(agent.role);
  const narrowed = isNarrowed(chosen);
  const found = list.found?.count ?? 0;
  const count = narrowed || showsAll ? found : Math.min(found, newestShown);
  const open = useOpening(list.rowAt);
  const downloadAll = (): Promise<void> =>
    list.rowsOf(0, Math.min(count, mostDownloaded) - 1).then(rows => downloadRecordings(rows.map(({ id }) => id)));
  return (
    <div className={styles['screen']}>
      <ScreenTitle
        title={t('shell.recordings')}
        agent={agent}
        action={
          <ListOrders
            columns={all}
            chosen={columnIds}
            onToggle={toggleColumn}
            onExport={format => void startExport({ what: 'recordings', searchId: list.searchId, columns }, format, t)}
          />
        }
      />
      <RecordingFilters agent={agent} chosen={chosen} onChange={setChosen} />
      <RecordingFacts
        found={list.found}
        count={count}
        onShowAll={!narrowed && !showsAll && found > newestShown ? () => setShowsAll(true) : null}
        onDownload={() => void downloadAll()}
      />
      {count > 0 && list.failure === null ? (
        <Table
          label={t('shell.recordings')}
          testId="recordings-table"
          columns={columns}
          count={count}
          rowAt={list.rowAt}
          onShow={list.onShow}
          rowsVersion={list.version + found}
          listKey={list.searchId}
          sort={sort}
          onSort={by => setSort(now => sortedBy(now, by))}
          onOpen={open}
          onCopy={order => void copyCells('recordings', order, columns, list.rowsOf)}
          actions={rowOrders}
        />
      ) : (
        <NoRecordings list={list} isNarrowed={narrowed} />
      )}
    </div>
  );
}

function useOpening(rowAt: FoundRows<Recording>['rowAt']): (index: number) => void {
  return useCallback(
    index => {
      const row = rowAt(index);
      if (row !== null && row !== undefined) openRecording(row.id);
    },
    [rowAt],
  );
}

function useRecordingColumns(role: AgentProfile['role']) {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  const usual = role === 'agent' ? agentColumns : supervisorColumns;
  const [columnIds, toggleColumn] = useColumns('recordings', recordingColumnIds, usual);
  const all = useMemo(() => recordingColumns({ t, language, formatNumber }), [t, language, formatNumber]);
  const columns = useMemo(() => all.filter(({ id }) => columnIds.includes(id)), [all, columnIds]);
  return { all, columnIds, toggleColumn, columns };
}

/** One function for every picture: with another, each row would be drawn anew. */
const rowOrders = ({ id }: Recording): ReactNode => <RowOrders recordingId={id} />;

function RowOrders({ recordingId }: { readonly recordingId: string }): ReactNode {
  const { t } = useText();
  return (
    <>
      <RowButton label={t('records.play')} onClick={() => openRecording(recordingId)}>
        <Play size={14} aria-hidden="true" />
      </RowButton>
      <RowButton label={t('records.download')} onClick={() => void downloadRecordings([recordingId])}>
        <FileDown size={14} aria-hidden="true" />
      </RowButton>
    </>
  );
}

interface NoRecordingsProps {
  readonly list: Pick<FoundRows<unknown>, 'found' | 'failure' | 'again'>;
  readonly isNarrowed: boolean;
}

function NoRecordings({ list, isNarrowed: narrowed }: NoRecordingsProps): ReactNode {
  const { t } = useText();
  return (
    <ListState
      found={list.found}
      failure={list.failure}
      isNarrowed={narrowed}
      emptyTitle={t('records.no-recordings-title')}
      empty={t('records.no-recordings')}
      onAgain={list.again}
    />
  );
}

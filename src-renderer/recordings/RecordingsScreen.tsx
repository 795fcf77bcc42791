import { FileDown, Play } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { isNarrowed } from '../calls/call-filters';
import { RowButton } from '../components/Table/RowButton';
import type { TableSort } from '../components/Table/Table';
import { failureFrom } from '../bridge/failure-from';
import { RecordsScreen } from '../records/RecordsScreen';
import { downloadRecordings } from '../records/start-download';
import { boundsOf } from '../records/TimeFilter';
import { useListColumns } from '../records/use-columns';
import { useMovingSpan } from '../records/use-moving-span';
import { useFoundRows } from '../records/use-found-rows';
import { openRecording } from './player/open-recording';
import { showFailure } from '../stores/toast-store';
import { useText, type Translate } from '../text/text';
import { mostDownloaded, RecordingFacts } from './RecordingFacts';
import { RecordingFilters, type ChosenRecordings } from './RecordingFilters';
import { agentColumns, recordingColumnIds, recordingColumns, supervisorColumns } from './recording-columns';

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
  useMovingSpan(chosen, setChosen);
  const list = useFoundRows('recordings', chosen, sort);
  const usual = agent.role === 'agent' ? agentColumns : supervisorColumns;
  const columns = useListColumns({ list: 'recordings', ids: recordingColumnIds, usual, columnsOf: recordingColumns });
  const narrowed = isNarrowed(chosen);
  const found = list.found?.count ?? 0;
  const count = narrowed || showsAll ? found : Math.min(found, newestShown);
  const { rowAt } = list;
  const open = useCallback(
    (index: number): void => {
      const row = rowAt(index);
      if (row !== null && row !== undefined) openRecording(row.id);
    },
    [rowAt],
  );
  const rowOrders = useMemo(() => rowOrdersIn(t), [t]);
  const downloadAll = (): Promise<void> =>
    list
      .rowsOf(0, Math.min(count, mostDownloaded) - 1)
      .then(rows => downloadRecordings(rows.map(({ id }) => id)))
      .catch((error: unknown) => showFailure(failureFrom(error)));
  return (
    <RecordsScreen
      what="recordings"
      title={t('shell.recordings')}
      agent={agent}
      list={list}
      count={count}
      columns={columns}
      sort={sort}
      onSort={setSort}
      onOpen={open}
      filters={<RecordingFilters agent={agent} chosen={chosen} onChange={setChosen} />}
      facts={
        <RecordingFacts
          found={list.found}
          count={count}
          onShowAll={!narrowed && !showsAll && found > newestShown ? () => setShowsAll(true) : null}
          onDownload={() => void downloadAll()}
        />
      }
      rowOrders={rowOrders}
      isNarrowed={narrowed}
      emptyTitle={t('records.no-recordings-title')}
      empty={t('records.no-recordings')}
    />
  );
}

const play = <Play size={14} aria-hidden="true" />;
const download = <FileDown size={14} aria-hidden="true" />;

/** What can be done with a row. The words and pictures are the same in each: they are made once. */
function rowOrdersIn(t: Translate) {
  const labels = { play: t('records.play'), download: t('records.download') };
  return ({ id }: { readonly id: string }): ReactNode => (
    <>
      <RowButton label={labels.play} onClick={() => openRecording(id)}>
        {play}
      </RowButton>
      <RowButton label={labels.download} onClick={() => void downloadRecordings([id])}>
        {download}
      </RowButton>
    </>
  );
}

import { Phone, Play } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { CallRecord } from '../../src-shared/calls/call-record';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { RowButton } from '../components/Table/RowButton';
import type { TableSort } from '../components/Table/Table';
import { FoundCount } from '../records/ListState';
import { RecordsScreen } from '../records/RecordsScreen';
import { useListColumns } from '../records/use-columns';
import { useMovingSpan } from '../records/use-moving-span';
import { useFoundRows, type FoundRows } from '../records/use-found-rows';
import { openRecording } from '../recordings/player/open-recording';
import { closeSheet, openSheet, useViewStore } from '../stores/view-store';
import { useText, type Translate } from '../text/text';
import { callBack } from './call-back';
import { CallFilters } from './CallFilters';
import { CallSheet } from './CallSheet';
import { callColumnIds, callColumns, usualCallColumns, type CallColumnId } from './call-columns';
import { isNarrowed, noCallFilters, type ChosenFilters } from './call-filters';

const leadersColumns: readonly CallColumnId[] = [...usualCallColumns, 'agentName'];

/** Every call of this person, or of their team: found as one types, opened with Enter (S223-S236). */
export function CallsScreen({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  const [chosen, setChosen] = useState<ChosenFilters>(noCallFilters);
  const [sort, setSort] = useState<TableSort>({ by: 'startedAt', direction: 'descending' });
  useMovingSpan(chosen, setChosen);
  const list = useFoundRows('records', chosen, sort);
  const [opened, open] = useOpenedCall(list.rowAt);
  const usual = agent.role === 'agent' ? usualCallColumns : leadersColumns;
  const columns = useListColumns({ list: 'calls', ids: callColumnIds, usual, columnsOf: callColumns });
  const rowOrders = useMemo(() => rowOrdersIn(t), [t]);
  return (
    <>
      <RecordsScreen
        what="records"
        title={t('shell.calls')}
        agent={agent}
        list={list}
        count={list.found?.count ?? 0}
        columns={columns}
        sort={sort}
        onSort={setSort}
        onOpen={open}
        filters={<CallFilters agent={agent} chosen={chosen} onChange={setChosen} />}
        facts={<FoundCount found={list.found} />}
        rowOrders={rowOrders}
        isNarrowed={isNarrowed(chosen)}
        emptyTitle={t('records.no-calls-title')}
        empty={t('records.no-calls')}
      />
      {opened !== null && <CallSheet record={opened} onClose={() => closeSheet('call')} />}
    </>
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

const play = <Play size={14} aria-hidden="true" />;
const phone = <Phone size={14} aria-hidden="true" />;

/** What can be done with a row. The words and pictures are the same in each: they are made once. */
function rowOrdersIn(t: Translate) {
  const labels = { play: t('records.play'), callBack: t('records.call-back') };
  return (record: CallRecord): ReactNode => {
    const { recordingId } = record;
    return (
      <>
        {recordingId !== null && (
          <RowButton label={labels.play} onClick={() => openRecording(recordingId)}>
            {play}
          </RowButton>
        )}
        {record.remoteNumber !== '' && (
          <RowButton label={labels.callBack} onClick={() => callBack(record)}>
            {phone}
          </RowButton>
        )}
      </>
    );
  };
}

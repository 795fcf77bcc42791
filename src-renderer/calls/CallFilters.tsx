import type { ReactNode } from 'react';
import { callDisposition, callRecordType } from '../../src-shared/calls/call-record';
import { endCauses, type EndCause } from '../../src-shared/call/end-cause';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { Select } from '../components/Select/Select';
import { TextField } from '../components/TextField/TextField';
import { FilterBar } from '../records/FilterBar';
import { TimeFilter } from '../records/TimeFilter';
import { useText } from '../text/text';
import { filtersInUse, noCallFilters, withBounds, withFilter, type ChosenFilters } from './call-filters';

interface CallFiltersProps {
  readonly agent: AgentProfile;
  readonly chosen: ChosenFilters;
  readonly onChange: (chosen: ChosenFilters) => void;
}

/** What narrows the list of calls (S224-S232). */
export function CallFilters({ agent, chosen, onChange }: CallFiltersProps): ReactNode {
  const { t } = useText();
  const { filters } = chosen;
  const set = (next: ChosenFilters['filters']): void => onChange({ ...chosen, filters: next });
  return (
    <FilterBar
      text={filters.text ?? ''}
      onText={text => set(withFilter(filters, 'text', text))}
      inUse={filtersInUse(chosen)}
      onClear={() =>
        onChange({ ...noCallFilters, filters: withFilter<ChosenFilters['filters'], 'text'>({}, 'text', filters.text) })
      }
      more={
        <>
          <TimeFilter
            chosen={chosen.time}
            onChange={(time, bounds) => onChange({ time, filters: withBounds(filters, bounds) })}
          />
          <Select
            label={t('records.type')}
            choices={[
              any(t('records.any')),
              ...callRecordType.options.map(id => ({ id, label: t(`records.type-${id}`) })),
            ]}
            chosen={filters.type ?? ''}
            onChoose={id => set(withFilter(filters, 'type', id))}
          />
          <Select
            label={t('records.disposition')}
            choices={[any(t('records.any')), ...callDisposition.options.map(id => ({ id, label: t(`records.${id}`) }))]}
            chosen={filters.disposition ?? ''}
            onChoose={id => set(withFilter(filters, 'disposition', id))}
          />
          <Select
            label={t('records.queue')}
            choices={[any(t('records.any')), ...agent.queues.map(({ id, name }) => ({ id, label: name }))]}
            chosen={filters.queueId ?? ''}
            onChoose={id => set(withFilter(filters, 'queueId', id))}
          />
          <Select
            label={t('records.cause')}
            choices={[any(t('records.any')), ...endCauses.map((id: EndCause) => ({ id, label: t(`outcome.${id}`) }))]}
            chosen={filters.cause ?? ''}
            onChoose={id => set(withFilter(filters, 'cause', id))}
          />
          <TextField
            label={t('records.longer-than')}
            type="number"
            min={0}
            max={604_800}
            value={String(filters.longerThanSeconds ?? '')}
            onChange={text => set(withFilter(filters, 'longerThanSeconds', wholeNumber(text)))}
          />
        </>
      }
    />
  );
}
const any = (label: string) => ({ id: '' as const, label });

export const wholeNumber = (text: string): number | undefined => {
  const number = Number.parseInt(text, 10);
  return Number.isInteger(number) && number >= 0 ? Math.min(number, 604_800) : undefined;
};

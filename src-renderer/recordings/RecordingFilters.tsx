import type { ReactNode } from 'react';
import { callRecordType } from '../../src-shared/calls/call-record';
import type { RecordingFilters as Filters } from '../../src-shared/recordings/recording-query';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { filtersInUse, withBounds, withFilter } from '../calls/call-filters';
import { wholeNumber } from '../calls/CallFilters';
import { Select } from '../components/Select/Select';
import { TextField } from '../components/TextField/TextField';
import { FilterBar } from '../records/FilterBar';
import { TimeFilter, type ChosenTime } from '../records/TimeFilter';
import { useText } from '../text/text';

export interface ChosenRecordings {
  readonly filters: Filters;
  readonly time: ChosenTime;
}
interface RecordingFiltersProps {
  readonly agent: AgentProfile;
  readonly chosen: ChosenRecordings;
  readonly onChange: (chosen: ChosenRecordings) => void;
}
/** Filled in by a supervisor (S016-S041), in the order of the form. */
const texts = ['accountName', 'accountNumber', 'billingNumber', 'agentInitials', 'station'] as const;
const numbers = ['callNumber', 'minSeconds', 'maxSeconds', 'minQaScore', 'maxQaScore'] as const;
const labels = {
  accountName: 'records.account-name',
  accountNumber: 'records.account-number',
  billingNumber: 'records.billing-number',
  agentInitials: 'records.initials',
  station: 'records.station',
  callNumber: 'records.call-number',
  minSeconds: 'records.min-seconds',
  maxSeconds: 'records.max-seconds',
  minQaScore: 'records.min-qa',
  maxQaScore: 'records.max-qa',
} as const;

/** What narrows the list of recordings; supervisors have more to choose from. */
export function RecordingFilters({ agent, chosen, onChange }: RecordingFiltersProps): ReactNode {
  const { t } = useText();
  const { filters } = chosen;
  const set = (next: Filters): void => onChange({ ...chosen, filters: next });
  return (
    <FilterBar
      text={filters.text ?? ''}
      onText={text => set(withFilter(filters, 'text', text))}
      inUse={filtersInUse(chosen)}
      onClear={() => onChange({ time: 'any', filters: withFilter({} as Filters, 'text', filters.text) })}
      more={
        <>
          <TimeFilter
            chosen={chosen.time}
            onChange={(time, bounds) => onChange({ time, filters: withBounds(filters, bounds) })}
          />
          <Select
            label={t('records.type')}
            choices={[
              { id: '' as const, label: t('records.any') },
              ...callRecordType.options.map(id => ({ id, label: t(`records.type-${id}`) })),
            ]}
            chosen={filters.type ?? ''}
            onChoose={id => set(withFilter(filters, 'type', id))}
          />
          {agent.role !== 'agent' &&
            texts.map(key => (
              <TextField
                key={key}
                label={t(labels[key])}
                value={filters[key] ?? ''}
                maxLength={key === 'agentInitials' ? 8 : 32}
                onChange={text => set(withFilter(filters, key, text))}
              />
            ))}
          {agent.role !== 'agent' &&
            numbers.map(key => (
              <TextField
                key={key}
                label={t(labels[key])}
                type="number"
                min={key === 'callNumber' ? 1 : 0}
                max={key.endsWith('QaScore') ? 100 : undefined}
                value={String(filters[key] ?? '')}
                onChange={text => set(withFilter(filters, key, within(key, wholeNumber(text))))}
              />
            ))}
        </>
      }
    />
  );
}

const within = (key: (typeof numbers)[number], value: number | undefined): number | undefined => {
  if (value === undefined) return undefined;
  if (key === 'callNumber') return Math.max(1, value);
  return key.endsWith('QaScore') ? Math.min(100, value) : value;
};

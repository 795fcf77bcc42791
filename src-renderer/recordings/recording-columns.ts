import type { Recording } from '../../src-shared/recordings/recording';
import type { TableColumn } from '../components/Table/Table';
import { partyName } from '../phone/facts/party-name';
import type { ColumnWords } from '../records/use-columns';
import { formatClock, formatDay, formatTimeOfDay } from '../text/format-time';

export const recordingColumnIds = [
  'startedAt',
  'remoteName',
  'remoteNumber',
  'durationMs',
  'type',
  'queueName',
  'agentName',
  'initials',
  'station',
  'callNumber',
  'qaScore',
  'accountName',
  'accountNumber',
  'billingNumber',
  'noteCount',
] as const;
export type RecordingColumnId = (typeof recordingColumnIds)[number];
export const agentColumns: readonly RecordingColumnId[] = [
  'startedAt',
  'remoteName',
  'remoteNumber',
  'durationMs',
  'type',
  'queueName',
];
/** Those of a supervisor's list (S042-S050). In a small window the account is found by going sideways. */
export const supervisorColumns: readonly RecordingColumnId[] = [
  'startedAt',
  'remoteName',
  'remoteNumber',
  'durationMs',
  'initials',
  'station',
  'callNumber',
  'qaScore',
  'accountName',
  'accountNumber',
];

/** Every column that the list of recordings may have. */
export const recordingColumns = (words: ColumnWords): readonly RecordingColumn[] => [
  ...callColumnsOf(words),
  ...otherColumns(words),
];
type RecordingColumn = TableColumn<Recording> & { readonly id: RecordingColumnId };
const agents = (recording: Recording, of: (agent: Recording['agents'][number]) => string): string =>
  recording.agents.map(of).join(', ');

function callColumnsOf({ t, language, formatNumber }: ColumnWords): readonly RecordingColumn[] {
  return [
    {
      id: 'startedAt',
      label: t('records.when'),
      width: 'minmax(108px, 0.8fr)',
      isSortable: true,
      text: ({ startedAt }) => `${formatDay(startedAt, language)} ${formatTimeOfDay(startedAt, language)}`,
    },
    {
      id: 'remoteName',
      label: t('records.customer'),
      width: 'minmax(120px, 2fr)',
      isSortable: true,
      text: row => partyName({ name: row.remoteName, number: row.remoteNumber }, t, formatNumber),
    },
    {
      id: 'remoteNumber',
      label: t('records.number'),
      width: 'minmax(144px, 0.5fr)',
      isSortable: true,
      text: row => (row.isNumberHidden ? row.remoteNumber : formatNumber(row.remoteNumber)),
    },
    {
      id: 'durationMs',
      label: t('records.duration'),
      width: '80px',
      isSortable: true,
      isNumber: true,
      text: ({ durationMs }) => formatClock(durationMs),
    },
    {
      id: 'type',
      label: t('records.type'),
      width: 'minmax(72px, 0.4fr)',
      text: ({ type }) => t(`records.type-${type}`),
    },
  ];
}

function otherColumns({ t }: ColumnWords): readonly RecordingColumn[] {
  return [
    { id: 'queueName', label: t('records.queue'), width: 'minmax(100px, 0.8fr)', text: row => row.queueName ?? '' },
    {
      id: 'agentName',
      label: t('records.agent'),
      width: 'minmax(100px, 1fr)',
      isSortable: true,
      text: row => agents(row, ({ name }) => name),
    },
    { id: 'initials', label: t('records.initials'), width: '72px', text: row => agents(row, each => each.initials) },
    { id: 'station', label: t('records.station'), width: '76px', text: row => agents(row, each => each.extension) },
    {
      id: 'callNumber',
      label: t('records.call-number'),
      width: '80px',
      isNumber: true,
      text: row => String(row.callNumber),
    },
    {
      id: 'qaScore',
      label: t('records.qa'),
      width: '64px',
      isSortable: true,
      isNumber: true,
      text: row => (row.qaScore === null ? '' : String(row.qaScore)),
    },
    {
      id: 'accountName',
      label: t('records.account-name'),
      width: 'minmax(110px, 1.4fr)',
      isSortable: true,
      text: row => row.account?.name ?? '',
    },
    {
      id: 'accountNumber',
      label: t('records.account-number'),
      width: 'minmax(90px, 1fr)',
      text: row => row.account?.accountNumber ?? '',
    },
    {
      id: 'billingNumber',
      label: t('records.billing-number'),
      width: 'minmax(100px, 1fr)',
      text: row => row.account?.billingNumber ?? '',
    },
    {
      id: 'noteCount',
      label: t('records.notes'),
      width: '64px',
      isNumber: true,
      text: row => (row.noteCount === 0 ? '' : String(row.noteCount)),
    },
  ];
}

import { Mic, PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CallRecord } from '../../src-shared/calls/call-record';
import type { TableColumn } from '../components/Table/Table';
import { partyName } from '../phone/facts/party-name';
import { formatClock, formatDay, formatTimeOfDay } from '../text/format-time';
import type { ColumnWords } from '../records/use-columns';
import styles from './CallCells.module.css';

export const callColumnIds = [
  'startedAt',
  'remoteName',
  'remoteNumber',
  'durationMs',
  'disposition',
  'type',
  'queueName',
  'agentName',
  'endCause',
  'callNumber',
] as const;
export type CallColumnId = (typeof callColumnIds)[number];
export const usualCallColumns: readonly CallColumnId[] = [
  'startedAt',
  'remoteName',
  'remoteNumber',
  'durationMs',
  'disposition',
  'type',
  'queueName',
];

/** Every column that the list of calls may have. */
export const callColumns = (words: ColumnWords): readonly CallColumn[] => [
  ...firstColumns(words),
  ...otherColumns(words),
];
type CallColumn = TableColumn<CallRecord> & { readonly id: CallColumnId };

function firstColumns(words: ColumnWords): readonly CallColumn[] {
  const { t, language, formatNumber } = words;
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
      width: 'minmax(116px, 2fr)',
      isSortable: true,
      text: record => partyName({ name: record.remoteName, number: record.remoteNumber }, t, formatNumber),
      cell: record => <Customer record={record} words={words} />,
    },
    {
      id: 'remoteNumber',
      label: t('records.number'),
      width: 'minmax(144px, 0.5fr)',
      isSortable: true,
      text: ({ remoteNumber, isNumberHidden }) => (isNumberHidden ? remoteNumber : formatNumber(remoteNumber)),
    },
  ];
}

function otherColumns({ t }: ColumnWords): readonly CallColumn[] {
  return [
    {
      id: 'durationMs',
      label: t('records.duration'),
      width: '80px',
      isSortable: true,
      isNumber: true,
      // Nobody talked, and how long it rang is known of dialled calls only (S236).
      text: ({ durationMs, disposition }) =>
        disposition !== 'answered' && durationMs === 0 ? '–' : formatClock(durationMs),
    },
    {
      id: 'disposition',
      label: t('records.disposition'),
      width: 'minmax(98px, 0.6fr)',
      isSortable: true,
      text: ({ disposition }) => t(`records.${disposition}`),
    },
    {
      id: 'type',
      label: t('records.type'),
      width: 'minmax(72px, 0.4fr)',
      isSortable: true,
      text: ({ type }) => t(`records.type-${type}`),
    },
    {
      id: 'queueName',
      label: t('records.queue'),
      width: 'minmax(100px, 0.8fr)',
      isSortable: true,
      text: ({ queueName }) => queueName ?? '',
    },
    {
      id: 'agentName',
      label: t('records.agent'),
      width: 'minmax(100px, 1fr)',
      isSortable: true,
      text: ({ agentName }) => agentName ?? '',
    },
    {
      id: 'endCause',
      label: t('records.cause'),
      width: 'minmax(100px, 1fr)',
      isSortable: true,
      text: ({ endCause }) => (endCause === null ? '' : t(`outcome.${endCause}`)),
    },
    {
      id: 'callNumber',
      label: t('records.call-number'),
      width: '80px',
      isNumber: true,
      text: ({ callNumber }) => String(callNumber),
    },
  ];
}

/** Made once: a picture that is the same element is not drawn again. */
const pictures = {
  missed: <PhoneMissed size={14} aria-hidden="true" />,
  inbound: <PhoneIncoming size={14} aria-hidden="true" />,
  outbound: <PhoneOutgoing size={14} aria-hidden="true" />,
};

function Customer({ record, words }: { readonly record: CallRecord; readonly words: ColumnWords }): ReactNode {
  const isMissed = record.type === 'inbound' && record.disposition !== 'answered';
  const name = partyName({ name: record.remoteName, number: record.remoteNumber }, words.t, words.formatNumber);
  return (
    <span className={styles['customer']} data-missed={isMissed || undefined}>
      {pictures[isMissed ? 'missed' : record.type === 'inbound' ? 'inbound' : 'outbound']}
      <bdi title={name}>{name}</bdi>
      {record.recordingId !== null && (
        <Mic size={12} aria-label={words.t('records.recorded')} className={styles['recorded']} />
      )}
    </span>
  );
}

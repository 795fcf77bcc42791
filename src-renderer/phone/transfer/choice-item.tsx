import { Hash, Headphones, ListTree, Star, UserRound } from 'lucide-react';
import type { CommandItem } from '../../components/CommandList/CommandList';
import type { Translate } from '../../text/text';
import type { Choice } from './destination-choices';
import styles from './SendDialog.module.css';

interface Words {
  readonly t: Translate;
  readonly formatNumber: (number: string) => string;
}

/** One line of the list: who, where they stand, and whether they are free now. */
export function choiceItem({ number, known, isFavourite }: Choice, { t, formatNumber }: Words): CommandItem {
  if (known === null) {
    const icon = <Hash size={16} aria-hidden="true" />;
    return { id: number, label: formatNumber(number), detail: t('transfer.number-outside'), icon, keys: null };
  }
  const isQueue = known.group === 'queues';
  const Icon = isQueue ? ListTree : known.group === 'supervisors' ? Headphones : UserRound;
  const state = t(isQueue ? `transfer.queue-state.${known.state}` : `transfer.state.${known.state}`);
  const waiting = known.waiting === null ? [] : [t('transfer.waiting', { count: known.waiting })];
  return {
    id: number,
    label: known.name,
    detail: [t(`transfer.group.${known.group}`), number, ...waiting].join(' · '),
    icon: <Icon size={16} aria-hidden="true" />,
    keys: (
      <span className={styles['state']} data-state={known.state}>
        {isFavourite && <Star size={14} aria-label={t('transfer.is-favourite')} />}
        {state}
      </span>
    ),
  };
}

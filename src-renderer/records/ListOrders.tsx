import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../components/Menu/Menu';
import { useText } from '../text/text';
import { ColumnMenu } from './ColumnMenu';
import { exportEntries } from './start-export';
import styles from './ListState.module.css';

interface ListOrdersProps<Id extends string> {
  readonly columns: readonly { readonly id: Id; readonly label: string }[];
  readonly chosen: readonly Id[];
  readonly onToggle: (id: Id) => void;
  readonly onExport: (format: string) => void;
}

/** What can be done with a whole list: choose its columns, take it along as a file. */
export function ListOrders<Id extends string>({ onExport, ...columns }: ListOrdersProps<Id>): ReactNode {
  const { t } = useText();
  return (
    <div className={styles['orders']}>
      <ColumnMenu {...columns} />
      <Menu
        label={t('records.export')}
        trigger={<Download size={18} aria-hidden="true" />}
        groups={[{ id: 'export', entries: exportEntries(t) }]}
        onChoose={onExport}
      />
    </div>
  );
}

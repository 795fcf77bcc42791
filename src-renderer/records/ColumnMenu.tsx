import { Columns3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../components/Menu/Menu';
import { useText } from '../text/text';

interface ColumnMenuProps<Id extends string> {
  readonly columns: readonly { readonly id: Id; readonly label: string }[];
  readonly chosen: readonly Id[];
  readonly onToggle: (id: Id) => void;
}

/** Which columns a list has. */
export function ColumnMenu<Id extends string>({ columns, chosen, onToggle }: ColumnMenuProps<Id>): ReactNode {
  const { t } = useText();
  return (
    <Menu
      label={t('records.columns')}
      trigger={<Columns3 size={18} aria-hidden="true" />}
      groups={[
        { id: 'columns', entries: columns.map(({ id, label }) => ({ id, label, isChosen: chosen.includes(id) })) },
      ]}
      onChoose={id => columns.forEach(column => column.id === id && onToggle(column.id))}
    />
  );
}

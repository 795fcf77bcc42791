import { Check, ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  Button,
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  SubmenuTrigger,
  VisuallyHidden,
} from 'react-aria-components';
import { classNames } from '../class-names';
import { useFocusBack } from '../use-focus-back';
import styles from './Menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly isChosen?: boolean;
  readonly isDisabled?: boolean;
  /** Under the label. */
  readonly note?: string;
  /** One level down; the entry itself is then no order. */
  readonly entries?: readonly MenuEntry[];
}
export interface MenuGroup {
  readonly id: string;
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
}
interface MenuProps {
  /** Name of the list; also read before what the button shows. */
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  readonly onChoose: (id: string) => void;
  readonly trigger: ReactNode;
  readonly triggerClassName?: string | undefined;
  readonly placement?: 'bottom end' | 'end bottom';
  /** Above the entries; not part of the menu. */
  readonly top?: ReactNode;
}

/** A button that opens a list of orders. */
export function Menu({
  label,
  groups,
  onChoose,
  trigger,
  triggerClassName,
  placement = 'bottom end',
  top,
}: MenuProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const button = useFocusBack(isOpen);
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button ref={button} className={classNames(styles['trigger'], triggerClassName)}>
        <VisuallyHidden>{label}</VisuallyHidden>
        {trigger}
      </Button>
      <Popover className={styles['popover'] ?? ''} placement={placement} offset={6}>
        {top}
        <AriaMenu className={styles['menu'] ?? ''} aria-label={label} onAction={key => onChoose(String(key))}>
          {groups.map(group => (
            <MenuSection key={group.id} className={styles['section'] ?? ''} aria-label={group.title ?? label}>
              {group.title !== undefined && <Header className={styles['header'] ?? ''}>{group.title}</Header>}
              {group.entries.map(entry => (
                <Entry key={entry.id} entry={entry} onChoose={onChoose} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface EntryProps {
  readonly entry: MenuEntry;
  readonly onChoose: (id: string) => void;
}

function Entry({ entry, onChoose }: EntryProps): ReactNode {
  const { entries } = entry;
  const item = (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.isDisabled === true}
      className={styles['item'] ?? ''}
    >
      <span className={styles['icon']}>{entry.icon}</span>
      <span className={styles['label']}>
        {entry.label}
        {entry.note !== undefined && <span className={styles['note']}>{entry.note}</span>}
      </span>
      {entry.isChosen === true && <Check size={16} aria-hidden="true" />}
      {entries !== undefined && <ChevronRight size={16} aria-hidden="true" />}
    </MenuItem>
  );
  if (entries === undefined) return item;
  return (
    <SubmenuTrigger>
      {item}
      <Popover className={styles['popover'] ?? ''} placement="end top" offset={-2}>
        <AriaMenu className={styles['menu'] ?? ''} aria-label={entry.label} onAction={key => onChoose(String(key))}>
          {entries.map(inner => (
            <Entry key={inner.id} entry={inner} onChoose={onChoose} />
          ))}
        </AriaMenu>
      </Popover>
    </SubmenuTrigger>
  );
}

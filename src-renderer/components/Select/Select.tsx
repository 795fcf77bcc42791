import { Check, ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { useFocusBack } from '../use-focus-back';
import styles from './Select.module.css';

export interface Choice<T extends string> {
  readonly id: T;
  readonly label: string;
}
interface SelectProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
  readonly note?: string;
}

/** One of several, in a list that opens. */
export function Select<T extends string>({ label, choices, chosen, onChoose, note }: SelectProps<T>): ReactNode {
  const choose = (key: unknown): void => {
    const choice = choices.find(({ id }) => id === key);
    if (choice !== undefined) onChoose(choice.id);
  };
  const [isOpen, setOpen] = useState(false);
  const button = useFocusBack(isOpen);
  return (
    <AriaSelect
      className={styles['select'] ?? ''}
      value={chosen}
      onChange={choose}
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <Button ref={button} className={styles['button'] ?? ''}>
        <SelectValue className={styles['value'] ?? ''} />
        <ChevronDown size={16} aria-hidden="true" />
      </Button>
      {note !== undefined && <p className={styles['note']}>{note}</p>}
      <Popover className={styles['popover'] ?? ''} offset={4}>
        <ListBox className={styles['list'] ?? ''}>
          {choices.map(choice => (
            <ListBoxItem key={choice.id} id={choice.id} textValue={choice.label} className={styles['item'] ?? ''}>
              <span className={styles['value']}>{choice.label}</span>
              {choice.id === chosen && <Check size={16} aria-hidden="true" />}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import styles from './CommandList.module.css';

export interface CommandItem {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly icon: ReactNode;
  readonly keys: ReactNode;
}
interface CommandListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly items: readonly CommandItem[];
  readonly onChoose: (id: string) => void;
  /** Told which one Enter would take, where another field may take it as well; null when nothing answers. */
  readonly onActive?: (id: string | null) => void;
  /** The line was opened to type in it; false where it is one of several fields. */
  readonly isFocusedAtOnce?: boolean;
  /** In place of the list when nothing answers. */
  readonly empty: string;
}

/** A line to type in and the answers below it (ARIA 1.2 combobox with a listbox): the focus stays in the line. */
export function CommandList({
  label,
  placeholder,
  query,
  onQuery,
  items,
  onChoose,
  onActive,
  isFocusedAtOnce = true,
  empty,
}: CommandListProps): ReactNode {
  const id = useId();
  const { active, walk, point } = useActiveItem(items, query);
  const activeId = items[active]?.id;
  useEffect(() => onActive?.(activeId ?? null), [onActive, activeId]);
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && activeId !== undefined) onChoose(activeId);
    else if (!walk(event.key)) return;
    event.preventDefault();
  };
  return (
    <div className={styles['command']}>
      <input
        className={styles['input']}
        role="combobox"
        aria-label={label}
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={activeId === undefined ? undefined : `${id}-${activeId}`}
        autoComplete="off"
        spellCheck={false}
        maxLength={128}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the line is what the dialog was opened for
        autoFocus={isFocusedAtOnce}
        placeholder={placeholder}
        value={query}
        onChange={event => onQuery(event.target.value)}
        onKeyDown={press}
      />
      <Options id={id} label={label} items={items} active={active} onPoint={point} onChoose={onChoose} />
      <output className={styles['empty']} hidden={items.length > 0}>
        {items.length > 0 ? '' : empty}
      </output>
    </div>
  );
}

interface OptionsProps extends Pick<CommandListProps, 'label' | 'items' | 'onChoose'> {
  readonly id: string;
  readonly active: number;
  readonly onPoint: (index: number) => void;
}

/** The answers. The keyboard is in the line above, which names the active one. */
function Options({ id, label, items, active, onPoint, onChoose }: OptionsProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const activeId = items[active]?.id;
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native select holds no icons and no keys
    <div ref={list} id={`${id}-list`} className={styles['list']} role="listbox" aria-label={label} tabIndex={-1}>
      {items.map((item, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter is heard in the line above
        <div
          key={item.id}
          id={`${id}-${item.id}`}
          className={styles['item']}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          onPointerMove={() => onPoint(index)}
          onClick={() => onChoose(item.id)}
        >
          <span className={styles['icon']}>{item.icon}</span>
          <span className={styles['label']}>{item.label}</span>
          <span className={styles['detail']}>{item.detail}</span>
          {item.keys}
        </div>
      ))}
    </div>
  );
}

/** Which item Enter would take; another query begins at the top again. One that was walked to stays it wherever it goes in the list. */
function useActiveItem(items: readonly CommandItem[], query: string) {
  const [chosen, setChosen] = useState<{ query: string; id: string | null }>({ query, id: null });
  const last = items.length - 1;
  const active =
    chosen.query === query
      ? Math.max(
          0,
          items.findIndex(({ id }) => id === chosen.id),
        )
      : 0;
  const point = (index: number): void => setChosen({ query, id: items[index]?.id ?? null });
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: active === last ? 0 : active + 1,
    ArrowUp: active === 0 ? last : active - 1,
    PageDown: Math.min(last, active + 8),
    PageUp: Math.max(0, active - 8),
  };
  const walk = (key: string): boolean => {
    const step = steps[key];
    if (step !== undefined) point(step);
    return step !== undefined;
  };
  return { active, walk, point };
}

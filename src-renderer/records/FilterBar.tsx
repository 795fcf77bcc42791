import { Search, SlidersHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../components/Button/Button';
import { TextField } from '../components/TextField/TextField';
import { useText } from '../text/text';
import styles from './FilterBar.module.css';

interface FilterBarProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Always seen, beside the search. */
  readonly children?: ReactNode;
  /** Seen on demand. */
  readonly more: ReactNode;
  /** How many filters beside the search narrow the list. */
  readonly inUse: number;
  readonly onClear: () => void;
}

/** Search and filters of a list. */
export function FilterBar({ text, onText, children, more, inUse, onClear }: FilterBarProps): ReactNode {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- `search` as an element is not known everywhere yet
    <div className={styles['bar']} role="search">
      <div className={styles['line']}>
        <div className={styles['search']}>
          <Search size={16} aria-hidden="true" />
          <TextField
            label={t('records.search')}
            isLabelHidden
            type="search"
            value={text}
            onChange={onText}
            maxLength={500}
            placeholder={t('records.search-hint')}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
        {children}
        <Button
          icon={<SlidersHorizontal size={16} aria-hidden="true" />}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {inUse === 0 ? t('records.filters') : t('records.filters-in-use', { count: inUse })}
        </Button>
        {inUse > 0 && (
          <Button look="quiet" onClick={onClear}>
            {t('records.clear')}
          </Button>
        )}
      </div>
      {isOpen && <div className={styles['more']}>{more}</div>}
    </div>
  );
}

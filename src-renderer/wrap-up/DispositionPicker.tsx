import { Check, Tag } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { localWord } from '../agent-status/reason-word';
import { Button } from '../components/Button/Button';
import { CommandList } from '../components/CommandList/CommandList';
import { useAgentStore } from '../stores/agent-store';
import { useText } from '../text/text';
import { matching } from './matching';
import styles from './DispositionPicker.module.css';

interface DispositionPickerProps {
  readonly queueId: string;
  readonly chosen: string | null;
  readonly onChoose: (dispositionId: string | null) => void;
}

/** The outcomes of the queue's list: type a few letters, arrows, Enter. A queue without a list has only the note. */
export function DispositionPicker({ queueId, chosen, onChoose }: DispositionPickerProps): ReactNode {
  const { t, language } = useText();
  const frame = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  // Nobody who is typing elsewhere is torn away; the picker is ready when the keyboard is free.
  const [isKeyboardFree] = useState(() => document.activeElement === null || document.activeElement === document.body);
  const policy = useAgentStore(state => state.policy);
  const dispositions = policy?.queues.find(queue => queue.queueId === queueId)?.dispositions ?? [];
  const words = dispositions.map(({ id, text }) => ({ id, label: localWord(text, language) }));
  if (words.length === 0) return null;
  if (chosen !== null)
    return (
      <div className={styles['chosen']} data-testid="disposition">
        <Check size={16} aria-hidden="true" />
        <span className={styles['word']}>{words.find(({ id }) => id === chosen)?.label ?? chosen}</span>
        <Button size="small" look="quiet" onClick={() => onChoose(null)}>
          {t('wrap-up.change')}
        </Button>
      </div>
    );
  const choose = (id: string): void => {
    onChoose(id);
    setQuery('');
    frame.current?.parentElement?.querySelector<HTMLElement>('[data-wrap-up-note]')?.focus();
  };
  return (
    <div ref={frame} className={styles['picker']}>
      <CommandList
        label={t('wrap-up.disposition')}
        placeholder={t('wrap-up.search')}
        isFocusedAtOnce={isKeyboardFree}
        query={query}
        onQuery={setQuery}
        items={matching(words, query).map(item => ({
          ...item,
          detail: '',
          icon: <Tag size={14} aria-hidden="true" />,
          keys: null,
        }))}
        empty={t('wrap-up.no-match')}
        onChoose={choose}
      />
    </div>
  );
}

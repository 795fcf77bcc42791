import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TimedBreak } from '../../src-shared/agent/timed-break';
import { reasonWord } from '../agent-status/reason-word';
import { useReasonWords } from '../agent-status/use-reason-words';
import { useLocalMoment } from '../stores/agent-store';
import { useQueueStore } from '../stores/queue-store';
import { formatClock } from '../text/format-time';
import { useText } from '../text/text';
import { useElapsed } from '../text/use-elapsed';
import styles from './LongBreaks.module.css';

/** Whose break runs over, for who leads. */
export function LongBreaks(): ReactNode {
  const { t } = useText();
  const breaks = useQueueStore(state => state.breaks);
  if (breaks === null || breaks.length === 0) return null;
  return (
    <ul className={styles['breaks']} aria-label={t('queues.long-breaks')}>
      {breaks.map(each => (
        <LongBreak key={each.personId} taken={each} />
      ))}
    </ul>
  );
}

function LongBreak({ taken }: { readonly taken: TimedBreak }): ReactNode {
  const words = useReasonWords();
  const over = useElapsed(useLocalMoment(taken.until));
  if (over === 0) return null;
  const reason = reasonWord(taken.reason, taken.reasonText, words);
  return (
    <li className={styles['break']} data-testid="long-break" data-person-id={taken.personId}>
      <TriangleAlert size={14} aria-hidden="true" />
      <bdi>{taken.displayName}</bdi>
      <span className={styles['what']}>{words.t('queues.long-break', { reason, time: formatClock(over) })}</span>
    </li>
  );
}

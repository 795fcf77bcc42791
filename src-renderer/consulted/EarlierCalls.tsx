import type { ReactNode } from 'react';
import type { CustomerCard, EarlierCall } from '../../src-shared/customers/customer-card';
import { dayOf, formatDay, formatTimeOfDay } from '../text/format-time';
import { useText } from '../text/text';
import { useToday } from '../text/use-today';
import styles from './ConsultedCard.module.css';

/** Earlier calls with the number and what was written down of them, newest first. */
export function EarlierCalls({ card }: { readonly card: CustomerCard | null }): ReactNode {
  const { t } = useText();
  const today = useToday();
  if (card === null) return <p className={styles['history']}>{t('consulted.looking')}</p>;
  if (card.calls.length === 0) return <p className={styles['history']}>{t('consulted.first')}</p>;
  return (
    <details className={styles['history']} open data-testid="earlier-calls">
      <summary>{t('consulted.earlier', { count: card.callCount })}</summary>
      <ol>
        {card.calls.map(call => (
          <Earlier key={call.callId} call={call} today={today} />
        ))}
      </ol>
    </details>
  );
}

function Earlier({ call, today }: { readonly call: EarlierCall; readonly today: number }): ReactNode {
  const { t, language } = useText();
  const day = dayOf(call.startedAt, today);
  const when = day === 'earlier' ? formatDay(call.startedAt, language) : t(`common.${day}`);
  const who = call.answeredAt === null ? t('consulted.not-answered') : call.agents.join(', ');
  return (
    <li>
      <p className={styles['when']}>
        {[`${when} ${formatTimeOfDay(call.startedAt, language)}`, call.queueName, who]
          .filter(part => part !== null && part !== '')
          .join(' · ')}
      </p>
      {call.outcomes.map(({ by, at, disposition, note }) => (
        <p key={`${by} ${at}`} className={styles['outcome']}>
          {disposition !== null && <b>{disposition[language] ?? disposition.en}</b>}
          {note !== '' && <bdi>{note}</bdi>}
        </p>
      ))}
    </li>
  );
}

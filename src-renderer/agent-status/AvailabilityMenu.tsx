import { BookOpen, ChevronDown, CircleCheck, Coffee, Ellipsis, Users, Utensils } from 'lucide-react';
import type { ReactNode } from 'react';
import { askAndTell } from '../bridge/ask-and-tell';
import { Menu } from '../components/Menu/Menu';
import { useAgentStore } from '../stores/agent-store';
import { formatClock } from '../text/format-time';
import { useText } from '../text/text';
import { useElapsed } from '../text/use-elapsed';
import { breakReasons, isBusy, reasonKey, type BreakReason } from './break-reasons';
import styles from './AvailabilityMenu.module.css';

const icons: Record<BreakReason, ReactNode> = {
  coffee: <Coffee size={16} aria-hidden="true" />,
  lunch: <Utensils size={16} aria-hidden="true" />,
  meeting: <Users size={16} aria-hidden="true" />,
  training: <BookOpen size={16} aria-hidden="true" />,
  other: <Ellipsis size={16} aria-hidden="true" />,
};

/** One's own state: what it is, why, for how long; and the way to another. */
export function AvailabilityMenu(): ReactNode {
  const { t } = useText();
  const status = useAgentStore(state => state.status);
  const isOver = isBusy(status.state);
  const reasonWord = (reason: string): string => {
    const key = reasonKey(reason);
    return key === null ? reason : t(key);
  };
  const choose = (id: string): void =>
    void (id === 'available'
      ? askAndTell('agent.become-available', {})
      : askAndTell('agent.take-break', { reason: id }));
  return (
    <Menu
      label={t('agent.label')}
      triggerClassName={styles['trigger']}
      trigger={
        <span className={styles['state']} data-testid="agent-state" data-state={status.state}>
          <span className={styles['dot']} aria-hidden="true" />
          <span className={styles['word']}>{t(`agent.${status.state}`)}</span>
          {status.reason !== null && status.state === 'on-break' && (
            <span className={styles['reason']}>{reasonWord(status.reason)}</span>
          )}
          {status.nextBreak !== null && (
            <span className={styles['reason']}>{t('agent.planned', { reason: reasonWord(status.nextBreak) })}</span>
          )}
          <TimeInState since={status.since} />
          <ChevronDown size={14} aria-hidden="true" />
        </span>
      }
      groups={[
        {
          id: 'available',
          entries: [
            {
              id: 'available',
              label: t('agent.become-available'),
              icon: <CircleCheck size={16} aria-hidden="true" />,
              isChosen: status.state === 'available',
            },
          ],
        },
        {
          id: 'break',
          title: t(isOver ? 'agent.plan-break' : 'agent.take-break'),
          entries: breakReasons.map(reason => ({
            id: reason,
            label: t(`agent.reason-${reason}`),
            icon: icons[reason],
            isChosen: status.nextBreak === reason || (status.state === 'on-break' && status.reason === reason),
          })),
        },
      ]}
      onChoose={choose}
    />
  );
}

function TimeInState({ since }: { readonly since: number }): ReactNode {
  return <span className={styles['time']}>{formatClock(useElapsed(since))}</span>;
}

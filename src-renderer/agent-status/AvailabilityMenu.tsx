import { ChevronDown, CloudOff, Layers, LoaderCircle, TimerReset, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { Menu } from '../components/Menu/Menu';
import { useAgentStore, useLocalMoment, type AskedState } from '../stores/agent-store';
import { useSessionStore } from '../stores/session-store';
import { formatClock } from '../text/format-time';
import { useElapsed } from '../text/use-elapsed';
import { reasonWord, type ReasonWords } from './reason-word';
import { stateMenu, wantedBy } from './state-menu';
import { askForState } from './state-orders';
import { useReasonWords } from './use-reason-words';
import styles from './AvailabilityMenu.module.css';

/** One's own state: what it is, why, for how long, by whom; what was asked for; and the way to another. */
export function AvailabilityMenu({ queues }: { readonly queues: AgentProfile['queues'] }): ReactNode {
  const words = useReasonWords();
  const { t } = words;
  const status = useAgentStore(state => state.status);
  const asked = useAgentStore(state => state.asked);
  const isOffline = useSessionStore(state => state.session?.server === 'offline');
  return (
    <Menu
      label={t('agent.label')}
      triggerClassName={styles['trigger']}
      trigger={
        <span
          className={styles['state']}
          data-testid="agent-state"
          data-state={status.state}
          data-asked={asked?.to}
          data-server={isOffline ? 'offline' : 'online'}
        >
          <span className={styles['dot']} aria-hidden="true" />
          <span className={styles['word']}>{t(`agent.${status.state}`)}</span>
          <Details status={status} words={words} queues={queues} />
          <Progress status={status} asked={asked} isOffline={isOffline} words={words} />
          <ChevronDown size={14} aria-hidden="true" />
        </span>
      }
      top={isOffline && <p className={styles['note']}>{t('agent.offline-note')}</p>}
      groups={stateMenu({ status, queues, words, isDisabled: isOffline })}
      onChoose={id => void askForState(wantedBy(id))}
    />
  );
}

interface DetailsProps {
  readonly status: AgentStatus;
  readonly words: ReasonWords;
  readonly queues: AgentProfile['queues'];
}

function Details({ status, words, queues }: DetailsProps): ReactNode {
  const { t } = words;
  const { reason, reasonText, nextBreak, changedBy, queuePauses } = status;
  const pausedIn = queues.filter(({ id }) => queuePauses.some(({ queueId }) => queueId === id)).map(({ name }) => name);
  return (
    <>
      {reason !== null && status.state === 'on-break' && (
        <span className={styles['reason']}>{reasonWord(reason, reasonText, words)}</span>
      )}
      {nextBreak !== null && (
        <span className={styles['reason']}>{t('agent.planned', { reason: reasonWord(nextBreak, null, words) })}</span>
      )}
      {changedBy !== null && <span className={styles['reason']}>{t('agent.by', { name: changedBy.displayName })}</span>}
      {pausedIn.length > 0 && status.state !== 'on-break' && (
        <span className={styles['reason']} data-testid="queue-pauses">
          <Layers size={14} aria-hidden="true" /> {t('agent.queue-pauses', { names: pausedIn.join(', ') })}
        </span>
      )}
    </>
  );
}

interface ProgressProps {
  readonly status: AgentStatus;
  readonly asked: AskedState | null;
  readonly isOffline: boolean;
  readonly words: ReasonWords;
}

/** At the end: how long it has been so; or that it is being asked for; or that nobody can be asked. */
function Progress({ status, asked, isOffline, words }: ProgressProps): ReactNode {
  const { t } = words;
  if (isOffline)
    return (
      <span className={styles['reason']}>
        <CloudOff size={14} aria-hidden="true" /> {t('agent.offline')}
      </span>
    );
  if (asked !== null)
    return (
      <span className={styles['asked']} data-testid="agent-asked">
        <LoaderCircle size={14} aria-hidden="true" /> {askedText(asked, words)}
      </span>
    );
  return <TimeInState since={status.since} until={status.state === 'on-break' ? status.breakUntil : null} t={t} />;
}

function askedText(asked: AskedState, words: ReasonWords): string {
  switch (asked.to) {
    case 'available':
      return words.t('agent.asking', { state: words.t('agent.available') });
    case 'on-break':
      return words.t('agent.asking', { state: reasonWord(asked.reason, null, words) });
    case 'queue-pause':
      return words.t('agent.asking-queue');
  }
}

interface TimeProps {
  readonly since: number;
  /** End of a timed break. */
  readonly until: number | null;
  readonly t: ReasonWords['t'];
}

function TimeInState({ since, until, t }: TimeProps): ReactNode {
  const from = useLocalMoment(since) ?? 0;
  const to = useLocalMoment(until);
  const elapsed = useElapsed(from);
  const leftMs = to === null ? null : to - from - elapsed;
  const isOver = leftMs !== null && leftMs < 0;
  const Icon = isOver ? TriangleAlert : TimerReset;
  return (
    <>
      <span className={styles['time']} data-testid="time-in-state">
        {formatClock(elapsed)}
      </span>
      {leftMs !== null && (
        <span className={styles['limit']} data-over={isOver || undefined} data-testid="break-limit">
          <Icon size={14} aria-hidden="true" />{' '}
          {t(isOver ? 'agent.overrun' : 'agent.remaining', { time: formatClock(Math.abs(leftMs)) })}
        </span>
      )}
    </>
  );
}

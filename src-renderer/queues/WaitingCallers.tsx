import { ArrowDownUp, UsersRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import { Button } from '../components/Button/Button';
import { WithTooltip } from '../components/Tooltip/WithTooltip';
import { useQueueStore } from '../stores/queue-store';
import { useSessionStore } from '../stores/session-store';
import { useText } from '../text/text';
import { ChannelCount } from './ChannelCount';
import { LongBreaks } from './LongBreaks';
import { MoveDialog, type WantedMove } from './MoveDialog';
import { QueueCard } from './QueueCard';
import { useMayReorder } from './use-may-reorder';
import styles from './WaitingCallers.module.css';

const turnedKey = 'queues-next-on-top';

/** Everybody who waits in this person's queues (S175 to S177). */
export function WaitingCallers(): ReactNode {
  const { t } = useText();
  const queues = useQueueStore(state => state.queues);
  const said = useQueueStore(state => state.said);
  const isOffline = useSessionStore(state => state.session?.server === 'offline');
  const mayReorder = useMayReorder() && !isOffline;
  const [isNextOnTop, turnRound] = useTurnedRound();
  const [wanted, setWanted] = useState<WantedMove | null>(null);
  return (
    <section className={styles['queues']} aria-labelledby="waiting-title" data-testid="waiting-callers">
      <div className={styles['head']}>
        <h2 id="waiting-title">{t('queues.title')}</h2>
        {isOffline && <span className={styles['offline']}>{t('queues.offline')}</span>}
        <ChannelCount />
        <WithTooltip text={t('queues.turn-round')} placement="top">
          <Button look="quiet" size="small" icon={<ArrowDownUp size={16} aria-hidden="true" />} onClick={turnRound}>
            {t(isNextOnTop ? 'queues.next-on-top' : 'queues.newest-on-top')}
          </Button>
        </WithTooltip>
      </div>
      <LongBreaks />
      {queues === null && <Skeleton />}
      {queues?.length === 0 && (
        <div className={styles['empty']}>
          <UsersRound size={24} aria-hidden="true" />
          <p>{t('queues.none')}</p>
        </div>
      )}
      {queues?.map(queue => (
        <QueueCard
          key={queue.queueId}
          queue={queue}
          isNextOnTop={isNextOnTop}
          onMove={mayReorder ? (callId, position) => setWanted({ queueId: queue.queueId, callId, position }) : null}
        />
      ))}
      <VisuallyHidden>
        <div aria-live="polite">{said}</div>
      </VisuallyHidden>
      {wanted !== null && <MoveDialog wanted={wanted} onWant={setWanted} />}
    </section>
  );
}

/** S176: the newest on top, unless somebody turned the list round on this computer. */
function useTurnedRound(): readonly [boolean, () => void] {
  const [isNextOnTop, setNextOnTop] = useState(() => window.localStorage.getItem(turnedKey) !== null);
  const turnRound = (): void => {
    if (isNextOnTop) window.localStorage.removeItem(turnedKey);
    else window.localStorage.setItem(turnedKey, '1');
    setNextOnTop(!isNextOnTop);
  };
  return [isNextOnTop, turnRound];
}

function Skeleton(): ReactNode {
  return (
    <div className={styles['skeleton']} aria-hidden="true">
      <i />
      <i />
    </div>
  );
}

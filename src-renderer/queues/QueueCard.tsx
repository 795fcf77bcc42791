import { Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { LiveQueue } from '../../src-shared/queues/live-queue';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { useText } from '../text/text';
import { CallerList } from './CallerList';
import { MyPart } from './MyPart';
import { WaitClock } from './WaitClock';
import styles from './QueueCard.module.css';

interface QueueCardProps {
  readonly queue: LiveQueue;
  readonly isNextOnTop: boolean;
  /** Asks for another place of a caller; null when this person may not. */
  readonly onMove: ((callId: string, position: number) => void) | null;
}

/** One queue: how many wait and for how long, who could take them, and the callers themselves. */
export function QueueCard({ queue, isNextOnTop, onMove }: QueueCardProps): ReactNode {
  const { t } = useText();
  const { callers, undo } = queue;
  const longest = callers.reduce<number | null>((at, { joinedAt }) => Math.min(at ?? joinedAt, joinedAt), null);
  return (
    <div className={styles['card']} data-testid="queue" data-queue-id={queue.queueId}>
      <div className={styles['head']}>
        <h3 className={styles['name']} title={queue.name}>
          <bdi>{queue.name}</bdi>
        </h3>
        <p className={styles['waiting']} data-busy={callers.length > 0 || undefined} data-waiting={callers.length}>
          {t('queues.waiting', { count: callers.length })}
        </p>
        {longest !== null && (
          <p className={styles['fact']}>
            {t('queues.longest')} <WaitClock since={longest} />
          </p>
        )}
        <p className={styles['fact']}>
          {t('queues.agents', {
            free: queue.agentsFree,
            talking: queue.agentsTalking,
            signedIn: queue.agentsSignedIn,
          })}
        </p>
        <MyPart queueId={queue.queueId} />
        {undo !== null && onMove !== null && <UndoButton queue={queue} undo={undo} />}
      </div>
      {callers.length > 0 && <CallerList queue={queue} isNextOnTop={isNextOnTop} onMove={onMove} />}
    </div>
  );
}

interface UndoButtonProps {
  readonly queue: LiveQueue;
  readonly undo: NonNullable<LiveQueue['undo']>;
}

function UndoButton({ queue, undo }: UndoButtonProps): ReactNode {
  const { t } = useText();
  const [isPending, setIsPending] = useState(false);
  const takeBack = async (): Promise<void> => {
    setIsPending(true);
    await askAndTell('queues.undo', { queueId: queue.queueId, moveId: undo.moveId });
    setIsPending(false);
  };
  return (
    <Button
      size="small"
      look="quiet"
      icon={<Undo2 size={16} aria-hidden="true" />}
      isPending={isPending}
      onClick={() => void takeBack()}
    >
      {t('queues.undo', { by: undo.by })}
    </Button>
  );
}

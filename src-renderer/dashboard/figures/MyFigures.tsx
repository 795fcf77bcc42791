import type { ReactNode } from 'react';
import { Button } from '../../components/Button/Button';
import { askAndTell } from '../../bridge/ask-and-tell';
import { Notice } from '../../components/Notice/Notice';
import { useFigureStore } from '../../stores/figure-store';
import { useSessionStore } from '../../stores/session-store';
import { useText } from '../../text/text';
import { AnsweredRings } from './AnsweredRings';
import { FigureSheet } from './FigureSheet';
import { MyDay } from './MyDay';
import styles from './MyFigures.module.css';

/** The person's own figures. The grid takes further cards as they come. */
export function MyFigures(): ReactNode {
  const figures = useFigureStore(state => state.figures);
  return (
    <>
      <Trouble />
      <div className={styles['cards']} data-testid="my-figures" aria-busy={figures === null}>
        {figures === null ? (
          <Skeleton />
        ) : (
          <>
            <AnsweredRings />
            <MyDay />
          </>
        )}
      </div>
      <FigureSheet />
    </>
  );
}

/** Why the newest figures are not there. That the server is away is said once for the whole screen. */
function Trouble(): ReactNode {
  const { t } = useText();
  const { figures, failure } = useFigureStore();
  const isOffline = useSessionStore(state => state.session?.server === 'offline');
  if (failure === null || (isOffline && figures === null)) return null;
  if (isOffline) return <p className={styles['stale']}>{t('figures.stale')}</p>;
  return (
    <div className={styles['trouble']}>
      <Notice
        kind="warning"
        urgency="status"
        title={t(figures === null ? 'figures.failed' : 'figures.stale')}
        action={<Button onClick={() => void askAndTell('figures.refresh', {})}>{t('figures.retry')}</Button>}
      >
        {t(`errors.${failure}.next`)}
      </Notice>
    </div>
  );
}

/** Cards in outline, from 300 ms on. */
function Skeleton(): ReactNode {
  return (
    <>
      <i className={styles['outline']} aria-hidden="true" />
      <i className={styles['outline']} aria-hidden="true" />
    </>
  );
}

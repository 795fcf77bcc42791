import { PhoneCall, RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { IconButton } from '../components/IconButton/IconButton';
import { useRecentCallStore } from '../stores/recent-call-store';
import { useSessionStore } from '../stores/session-store';
import { useText } from '../text/text';
import { useToday } from '../text/use-today';
import { RecentCallRow } from './RecentCallRow';
import styles from './RecentCalls.module.css';

/** One screenful; the rest on demand. */
const firstShown = 20;

/** The newest calls of this person, each with a button to call back (S173, S174). */
export function RecentCalls(): ReactNode {
  const { t } = useText();
  const calls = useRecentCallStore(state => state.calls);
  const isOffline = useSessionStore(state => state.session?.server === 'offline');
  const [isRefreshing, setIsRefreshing] = useState(false);
  const [shown, setShown] = useState(firstShown);
  const today = useToday();
  const refresh = async (): Promise<void> => {
    setIsRefreshing(true);
    await askAndTell('recent-calls.refresh', {});
    setIsRefreshing(false);
  };
  return (
    <section aria-labelledby="recent-calls-title">
      <div className={styles['head']}>
        <h2 id="recent-calls-title">{t('dashboard.recent')}</h2>
        {isOffline && <span className={styles['offline']}>{t('dashboard.recent-offline')}</span>}
        <IconButton
          label={t('dashboard.refresh')}
          placement="top"
          isPending={isRefreshing}
          onClick={() => void refresh()}
        >
          <RefreshCw size={16} aria-hidden="true" />
        </IconButton>
      </div>
      <div className={styles['list']} data-testid="recent-calls" aria-busy={calls === null}>
        {calls === null && <Skeleton />}
        {calls !== null && calls.length === 0 && <NoCalls />}
        {calls !== null && calls.length > 0 && (
          <ul>
            {calls.slice(0, shown).map(call => (
              <RecentCallRow key={call.callId} call={call} today={today} />
            ))}
          </ul>
        )}
        {calls !== null && calls.length > shown && (
          <Button look="quiet" className={styles['more']} onClick={() => setShown(shown + firstShown)}>
            {t('dashboard.show-more')}
          </Button>
        )}
      </div>
    </section>
  );
}

function NoCalls(): ReactNode {
  const { t } = useText();
  return (
    <div className={styles['empty']}>
      <PhoneCall size={28} aria-hidden="true" />
      <p className={styles['empty-title']}>{t('dashboard.recent-empty-title')}</p>
      <p>{t('dashboard.recent-empty')}</p>
    </div>
  );
}

/** Rows in outline, from 300 ms on. */
function Skeleton(): ReactNode {
  return (
    <div className={styles['skeleton']} aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}

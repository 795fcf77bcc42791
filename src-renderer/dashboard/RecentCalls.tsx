import { ChevronDown, PhoneCall, RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { recentCallCounts } from '../../src-shared/settings/settings';
import { askAndTell } from '../bridge/ask-and-tell';
import { IconButton } from '../components/IconButton/IconButton';
import { Menu } from '../components/Menu/Menu';
import { changeSettings } from '../settings/change-settings';
import { useRecentCallStore } from '../stores/recent-call-store';
import { useSessionStore } from '../stores/session-store';
import { useSettingsStore } from '../stores/settings-store';
import { useText } from '../text/text';
import { CallTable } from './CallTable';
import styles from './RecentCalls.module.css';

/** The newest calls of this person's extension, each with a button to call back (S173, S174, S321 to S330). */
export function RecentCalls({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  const calls = useRecentCallStore(state => state.calls);
  const isOffline = useSessionStore(state => state.session?.server === 'offline');
  const [isRefreshing, setIsRefreshing] = useState(false);
  const refresh = async (): Promise<void> => {
    setIsRefreshing(true);
    await askAndTell('recent-calls.refresh', {});
    setIsRefreshing(false);
  };
  const own = { extension: agent.extension, name: agent.displayName };
  return (
    <section aria-labelledby="recent-calls-title">
      <div className={styles['head']}>
        <h2 id="recent-calls-title">{t('dashboard.recent')}</h2>
        <p className={styles['own']}>{t('dashboard.own-extension', own)}</p>
        {isOffline && <span className={styles['offline']}>{t('dashboard.recent-offline')}</span>}
        <HowMany />
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
        {calls !== null && calls.length > 0 && <CallTable label={t('dashboard.recent-list', own)} calls={calls} />}
      </div>
    </section>
  );
}

/** S322. Kept with the settings of this computer. */
function HowMany(): ReactNode {
  const { t } = useText();
  const shown = useSettingsStore(state => state.settings.recentCallsShown);
  const choose = (id: string): void => {
    const count = recentCallCounts.find(each => String(each) === id);
    if (count !== undefined) changeSettings({ recentCallsShown: count });
  };
  return (
    <Menu
      label={t('dashboard.how-many')}
      placement="bottom end"
      trigger={
        <>
          {t('dashboard.top', { count: shown })}
          <ChevronDown size={16} aria-hidden="true" />
        </>
      }
      groups={[
        {
          id: 'counts',
          entries: recentCallCounts.map(count => ({
            id: String(count),
            label: t('dashboard.top', { count }),
            isChosen: count === shown,
          })),
        },
      ]}
      onChoose={choose}
    />
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

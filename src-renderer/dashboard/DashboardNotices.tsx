import { useState, type ReactNode } from 'react';
import { askForState } from '../agent-status/state-orders';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { useAgentStore } from '../stores/agent-store';
import { useLineStore } from '../stores/line-store';
import { useIsPhoneOnDesk, useSessionStore } from '../stores/session-store';
import { useText } from '../text/text';
import { GateNotice } from './GateNotice';
import { DeskPhoneNotice, LineNotice } from './LineNotice';
import styles from './DashboardNotices.module.css';

/** What the person should know before the next call: server, line, availability, and once how calls make themselves heard. */
export function DashboardNotices({ extension }: { readonly extension: string }): ReactNode {
  const { t } = useText();
  const isServerOffline = useSessionStore(state => state.session?.server === 'offline');
  const isTelephonyGone = useSessionStore(state => !state.isTelephonyReachable);
  const isOnBreak = useAgentStore(state => state.status.state === 'on-break');
  const isForDevice = useAgentStore(state => state.status.reason === 'device');
  const isOnDesk = useIsPhoneOnDesk();
  const isLineReady = useLineStore(state => state.line.state === 'registered');
  return (
    <div className={styles['notices']} data-testid="dashboard-notices">
      {isServerOffline && (
        <Notice kind="warning" urgency="status" title={t('shell.offline-title')}>
          {t('shell.offline-note')}
        </Notice>
      )}
      {isTelephonyGone && !isServerOffline && (
        <Notice kind="error" urgency="alert" title={t('shell.telephony-gone-title')}>
          {t('shell.telephony-gone-note')}
        </Notice>
      )}
      {isOnDesk ? <DeskPhoneNotice extension={extension} /> : <LineNotice extension={extension} />}
      {!isOnDesk && <GateNotice />}
      {isLineReady && isOnBreak && !isForDevice && (
        <Notice
          kind="info"
          title={t('dashboard.not-available-title')}
          action={
            <Button look="primary" onClick={() => void askForState({ to: 'available' })}>
              {t('dashboard.become-available')}
            </Button>
          }
        >
          {t('dashboard.not-available')}
        </Notice>
      )}
      <NotificationsNote />
    </div>
  );
}

const noteKey = 'notifications-note-read';

/** S141, once per computer. */
function NotificationsNote(): ReactNode {
  const { t } = useText();
  const [isRead, setIsRead] = useState(() => window.localStorage.getItem(noteKey) !== null);
  if (isRead) return null;
  const markRead = (): void => {
    window.localStorage.setItem(noteKey, '1');
    setIsRead(true);
  };
  return (
    <Notice
      kind="info"
      title={t('dashboard.notifications-title')}
      action={<Button onClick={markRead}>{t('dashboard.notifications-done')}</Button>}
    >
      {t('dashboard.notifications-note')}
    </Notice>
  );
}

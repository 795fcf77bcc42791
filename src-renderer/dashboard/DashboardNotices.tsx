import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { IconButton } from '../components/IconButton/IconButton';
import { Notice } from '../components/Notice/Notice';
import { useAgentStore } from '../stores/agent-store';
import { useLineStore } from '../stores/line-store';
import { useSessionStore } from '../stores/session-store';
import { useText } from '../text/text';
import { useElapsed } from '../text/use-elapsed';
import styles from './DashboardNotices.module.css';

/** What the person should know before the next call: server, line, availability, and once how calls make themselves heard. */
export function DashboardNotices({ extension }: { readonly extension: string }): ReactNode {
  const { t } = useText();
  const isServerOffline = useSessionStore(state => state.session?.server === 'offline');
  const isOnBreak = useAgentStore(state => state.status.state === 'on-break');
  const isLineReady = useLineStore(state => state.line.state === 'registered');
  return (
    <div className={styles['notices']} data-testid="dashboard-notices">
      {isServerOffline && (
        <Notice kind="warning" urgency="status" title={t('shell.offline-title')}>
          {t('shell.offline-note')}
        </Notice>
      )}
      <LineNotice extension={extension} />
      {isLineReady && isOnBreak && (
        <Notice
          kind="info"
          title={t('dashboard.not-available-title')}
          action={
            <Button look="primary" onClick={() => void askAndTell('agent.become-available', {})}>
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

/** S144 and S145: on top of the dashboard stands whether calls can come. */
function LineNotice({ extension }: { readonly extension: string }): ReactNode {
  const { t } = useText();
  const line = useLineStore(state => state.line);
  const now = useElapsed(line.state === 'reconnecting' ? 0 : null);
  const seconds = line.state === 'reconnecting' ? Math.ceil((line.retryAt - now) / 1000) : 0;
  const retry = <Button onClick={() => void askAndTell('line.retry', {})}>{t('line.retry')}</Button>;
  switch (line.state) {
    case 'registered':
      return <LineReadyNotice extension={extension} />;
    case 'connecting':
    case 'registering':
      return (
        <Notice kind="info" urgency="status" title={t('line.notice-connecting-title')}>
          {t('line.notice-connecting', { extension })}
        </Notice>
      );
    case 'reconnecting':
      return (
        <Notice kind="warning" title={t('line.notice-reconnecting-title')} action={retry}>
          {seconds > 0
            ? t('line.notice-reconnecting', { seconds, attempt: line.attempt })
            : t('line.notice-reconnecting-now', { attempt: line.attempt })}
        </Notice>
      );
    case 'refused':
      return (
        <Notice kind="error" urgency="alert" title={t('line.notice-refused-title')} action={retry}>
          {t('line.notice-refused', { extension, sipCode: line.sipCode })}
        </Notice>
      );
    case 'offline':
      return (
        <Notice kind="error" urgency="alert" title={t('line.notice-offline-title')} action={retry}>
          {t('line.notice-offline', { extension })}
        </Notice>
      );
  }
}

/** Once read it is gone until the line comes back the next time. */
function LineReadyNotice({ extension }: { readonly extension: string }): ReactNode {
  const { t } = useText();
  const [isRead, setIsRead] = useState(false);
  if (isRead) return null;
  return (
    <Notice
      kind="success"
      urgency="status"
      title={t('line.notice-ready-title')}
      action={
        <IconButton label={t('common.dismiss')} placement="start" onClick={() => setIsRead(true)}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      {t('line.notice-ready', { extension })}
    </Notice>
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

import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { IconButton } from '../components/IconButton/IconButton';
import { Notice } from '../components/Notice/Notice';
import { useLineStore } from '../stores/line-store';
import { useText } from '../text/text';
import { useElapsed } from '../text/use-elapsed';

/** On top of the dashboard stands whether calls can come to the phone in this app. */
export function LineNotice({ extension }: { readonly extension: string }): ReactNode {
  const { t } = useText();
  const line = useLineStore(state => state.line);
  const now = useElapsed(line.state === 'reconnecting' ? 0 : null);
  const seconds = line.state === 'reconnecting' ? Math.ceil((line.retryAt - now) / 1000) : 0;
  const retry = <Button onClick={() => void askAndTell('line.retry', {})}>{t('line.retry')}</Button>;
  switch (line.state) {
    case 'registered':
      return <ReadyNotice title={t('line.notice-ready-title')} text={t('line.notice-ready', { extension })} />;
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

/** S144 and S145: whether the desk phone of a SIP extension is registered. Nothing can be tried here: the phone registers by itself. */
export function DeskPhoneNotice({ extension }: { readonly extension: string }): ReactNode {
  const { t } = useText();
  const line = useLineStore(state => state.line.state);
  switch (line) {
    case 'registered':
      return <ReadyNotice title={t('desk-phone.ready-title')} text={t('desk-phone.ready', { extension })} />;
    case 'offline':
      return (
        <Notice kind="error" urgency="alert" title={t('desk-phone.missing-title')}>
          {t('desk-phone.missing', { extension })}
        </Notice>
      );
    default:
      // The centre has not yet said what it knows of the phone; the word in the header says that much.
      return null;
  }
}

/** Once read it is gone until the line comes back the next time. */
function ReadyNotice({ title, text }: { readonly title: string; readonly text: string }): ReactNode {
  const { t } = useText();
  const [isRead, setIsRead] = useState(false);
  if (isRead) return null;
  return (
    <Notice
      kind="success"
      urgency="status"
      title={title}
      action={
        <IconButton label={t('common.dismiss')} placement="start" onClick={() => setIsRead(true)}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      {text}
    </Notice>
  );
}

import { MicOff, TriangleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { Notice } from '../../components/Notice/Notice';
import { useAudioStore } from '../../stores/audio-store';
import { useLineStore } from '../../stores/line-store';
import { useSessionStore } from '../../stores/session-store';
import { useText } from '../../text/text';
import styles from './CallNotices.module.css';

/** What is wrong in a running call, below the controls so that they never move. */
export function CallNotices({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const line = useLineStore(state => state.line.state);
  const isTelephonyGone = useSessionStore(state => !state.isTelephonyReachable && state.session?.server === 'online');
  const microphone = useAudioStore(state => state.audio.microphone);
  const isMicrophoneLost = microphone === 'denied' || microphone === 'missing' || microphone === 'busy';
  return (
    <div className={styles['notices']} aria-live="polite">
      {line !== 'registered' && (
        <p className={styles['banner']} data-testid="line-lost-in-call">
          <WifiOff size={16} aria-hidden="true" />
          {t('line.in-call')}
        </p>
      )}
      {isTelephonyGone && (
        <p className={styles['banner']} data-testid="telephony-gone-in-call">
          <TriangleAlert size={16} aria-hidden="true" />
          {t('phone.telephony-gone')}
        </p>
      )}
      {call.isMediaInterrupted && (
        <p className={styles['banner']} data-testid="media-interrupted">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>
            <strong>{t('phone.interrupted')}</strong> {t('phone.interrupted-note')}
          </span>
        </p>
      )}
      {call.isMuted && (
        <p className={styles['banner']}>
          <MicOff size={16} aria-hidden="true" />
          {t('phone.muted')}
        </p>
      )}
      {isMicrophoneLost && (
        <Notice kind="error" title={t(`errors.microphone/${microphone}.what`)}>
          {t(`errors.microphone/${microphone}.next`)}
        </Notice>
      )}
    </div>
  );
}

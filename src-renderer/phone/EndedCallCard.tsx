import { Phone, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Call } from '../../src-shared/call/call';
import { callBackEnded, canCallBack } from '../calls/call-back';
import { Button } from '../components/Button/Button';
import { IconButton } from '../components/IconButton/IconButton';
import { useText } from '../text/text';
import { formatClock } from '../text/format-time';
import { usePhoneFormat } from '../text/use-phone-format';
import { partyName } from './facts/party-name';
import { useCallActions } from './use-call-actions';
import styles from './EndedCallCard.module.css';

/** What became of the last call, and how to reach the person again. */
export function EndedCallCard({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const orders = useCallActions(call);
  const name = partyName(call.remote, t, formatNumber);
  const talked = call.answeredAt === null || call.endedAt === null ? null : call.endedAt - call.answeredAt;
  return (
    <section
      className={styles['card']}
      aria-label={t('phone.ended')}
      data-testid="ended-call"
      data-state={call.state}
      data-call-id={call.id}
      data-cause={call.endCause}
    >
      <div className={styles['head']}>
        <p className={styles['kind']}>
          {talked === null ? t('phone.ended') : t('phone.duration', { time: formatClock(talked) })}
        </p>
        <IconButton label={t('phone.dismiss')} placement="start" onClick={orders.dismiss}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
      <h2 className={styles['name']} title={name}>
        <bdi>{name}</bdi>
      </h2>
      <p className={styles['number']}>
        <bdi dir="ltr">{call.remote.name === null ? '' : formatNumber(call.remote.number)}</bdi>
      </p>
      <p className={styles['cause']}>{t(`end-cause.${call.endCause ?? 'failed'}`)}</p>
      {canCallBack(call) && (
        <Button icon={<Phone size={16} aria-hidden="true" />} onClick={() => callBackEnded(call)}>
          {t('phone.call-back')}
        </Button>
      )}
    </section>
  );
}

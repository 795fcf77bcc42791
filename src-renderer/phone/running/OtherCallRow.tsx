import { PhoneOff, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { IconButton } from '../../components/IconButton/IconButton';
import { useText } from '../../text/text';
import { usePhoneFormat } from '../../text/use-phone-format';
import { stateKey } from '../facts/call-words';
import { partyName } from '../facts/party-name';
import { useCallActions } from '../use-call-actions';
import styles from './OtherCallRow.module.css';

/** The second call, waiting while the first is heard. */
export function OtherCallRow({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const orders = useCallActions(call);
  const name = partyName(call.remote, t, formatNumber);
  return (
    <section
      className={styles['row']}
      aria-label={t('phone.other-call')}
      data-testid="other-call"
      data-state={call.state}
      data-call-id={call.id}
    >
      <div className={styles['who']}>
        <p className={styles['name']}>
          <bdi>{name}</bdi>
        </p>
        <p className={styles['state']}>{t(stateKey(call))}</p>
      </div>
      {orders.may.has('resume') && (
        <IconButton
          label={t('phone.resume-other', { name })}
          placement="top"
          isPending={call.pendingAction === 'resume'}
          onClick={orders.toggleHold}
        >
          <Play size={18} aria-hidden="true" />
        </IconButton>
      )}
      {orders.may.has('hang-up') && (
        <IconButton
          label={t('phone.end-other', { name })}
          placement="top"
          className={styles['hang-up']}
          onClick={orders.hangUp}
        >
          <PhoneOff size={18} aria-hidden="true" />
        </IconButton>
      )}
    </section>
  );
}

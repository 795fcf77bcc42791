import type { ReactNode } from 'react';
import { dial } from '../../phone/use-call-actions';
import { Button } from '../../components/Button/Button';
import { useSessionStore } from '../../stores/session-store';
import { useText } from '../../text/text';
import { usePhoneFormat } from '../../text/use-phone-format';
import styles from './SupportContact.module.css';

/** Whom to ask, as the server's policy says; the number can be called from here once somebody is signed in (S293). */
export function SupportContact(): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const support = useSessionStore(state => state.session?.support ?? null);
  const isSignedIn = useSessionStore(state => state.session?.agent != null);
  const phone = support?.phone ?? null;
  const email = support?.email ?? null;
  if (phone === null && email === null) return <p className={styles['contact']}>{t('help.support-none')}</p>;
  return (
    <p className={styles['contact']}>
      {phone !== null && isSignedIn && (
        <Button
          look="quiet"
          size="small"
          aria-label={t('help.call-support', { number: formatNumber(phone) })}
          onClick={() => void dial(phone)}
        >
          <bdi dir="ltr">{formatNumber(phone)}</bdi>
        </Button>
      )}
      {phone !== null && !isSignedIn && <bdi dir="ltr">{phone}</bdi>}
      {email !== null && <span className={styles['email']}>{email}</span>}
    </p>
  );
}

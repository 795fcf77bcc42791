import { ShieldAlert } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../components/Button/Button';
import { useText } from '../text/text';
import styles from './CertificatePanel.module.css';
import { fingerprintGroups } from './fingerprint-groups';

interface CertificatePanelProps {
  readonly serverUrl: string;
  readonly fingerprint: string;
  readonly isSending: boolean;
  readonly onTrust: () => void;
  readonly onCancel: () => void;
}

/** A server whose certificate nobody vouches for: trusted only by an explicit choice (S139). */
export function CertificatePanel({
  serverUrl,
  fingerprint,
  isSending,
  onTrust,
  onCancel,
}: CertificatePanelProps): ReactNode {
  const { t } = useText();
  // Enter, still pressed from the form, must not trust anything.
  const cancelButton = useRef<HTMLButtonElement>(null);
  useEffect(() => cancelButton.current?.focus(), []);
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : serverUrl;
  return (
    <section className={styles['panel']} data-testid="certificate-panel" aria-labelledby="certificate-title">
      <h1 className={styles['title']} id="certificate-title">
        <ShieldAlert size={20} aria-hidden="true" />
        {t('certificate.title')}
      </h1>
      <p>{t('certificate.what', { host })}</p>
      <p>{t('certificate.next')}</p>
      <div>
        <p className={styles['label']}>{t('certificate.fingerprint')}</p>
        <ol className={styles['fingerprint']} dir="ltr" aria-label={t('certificate.fingerprint')}>
          {fingerprintGroups(fingerprint).map((group, index) => (
            // The same two bytes may stand at two places: the place is the identity.
            <li key={`${index}-${group}`}>{group}</li>
          ))}
        </ol>
      </div>
      <div className={styles['actions']}>
        <Button ref={cancelButton} onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="danger" isPending={isSending} onClick={onTrust}>
          {t('certificate.trust')}
        </Button>
      </div>
    </section>
  );
}

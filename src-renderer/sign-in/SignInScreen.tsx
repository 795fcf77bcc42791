import { PhoneCall } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SessionView } from '../../src-shared/ipc/agent-notices';
import { Notice } from '../components/Notice/Notice';
import { LanguageSwitch } from '../shell/header/LanguageSwitch';
import { productVersion } from '../text/product-version';
import { useText } from '../text/text';
import { CertificatePanel } from './CertificatePanel';
import { SignInFields } from './SignInFields';
import styles from './SignInScreen.module.css';
import { useSignIn } from './use-sign-in';

/** Who are you, and where. Both languages greet, because nobody has chosen one yet (S005). */
export function SignInScreen({ endedBecause }: { readonly endedBecause: SessionView['endedBecause'] }): ReactNode {
  const { t, language } = useText();
  const form = useSignIn();
  const version = productVersion(navigator.userAgent);
  const fingerprint = unknownFingerprint(form);
  return (
    <div className={styles['screen']}>
      <header className={styles['top']}>
        <LanguageSwitch />
      </header>
      <main className={styles['card']}>
        <div className={styles['brand']}>
          <span className={styles['emblem']}>
            <PhoneCall size={22} aria-hidden="true" />
          </span>
          <span>{t('app.name')}</span>
        </div>
        {fingerprint === null ? (
          <>
            <div>
              <h1 className={styles['title']}>{t('sign-in.title')}</h1>
              <p className={styles['title-other']} lang={language === 'en' ? 'fr' : 'en'}>
                {t('sign-in.title-other')}
              </p>
            </div>
            {endedBecause !== null && form.failure === null && (
              <Notice
                kind={endedBecause === 'signed-out' ? 'info' : 'warning'}
                title={t(`sign-in.ended-${endedBecause}`)}
                urgency="status"
              />
            )}
            <SignInFields form={form} />
          </>
        ) : (
          <CertificatePanel
            serverUrl={form.entry.serverUrl}
            fingerprint={fingerprint}
            isSending={form.isSending}
            onTrust={() => void form.trust(fingerprint)}
            onCancel={form.forgetFailure}
          />
        )}
      </main>
      <footer className={styles['foot']}>{version === null ? t('app.name') : t('sign-in.version', { version })}</footer>
    </div>
  );
}

/** The fingerprint to compare, when an unknown certificate is what stands in the way. */
function unknownFingerprint({ failure, probe }: ReturnType<typeof useSignIn>): string | null {
  const shown = failure ?? (probe.state === 'failed' ? probe.failure : null);
  if (shown?.code !== 'server/certificate-unknown') return null;
  const { fingerprint } = shown.params;
  return typeof fingerprint === 'string' ? fingerprint : null;
}

import { PhoneCall } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SessionView } from '../../src-shared/ipc/agent-notices';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { ReportDialog } from '../shell/help/ReportDialog';
import { LanguageSwitch } from '../shell/header/LanguageSwitch';
import { useDesktopStore } from '../stores/desktop-store';
import { openSheet } from '../stores/view-store';
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
  const link = useDesktopStore(state => state.link);
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
            {link !== null && (
              <Notice kind="info" urgency="status" title={t('link.sign-in', { number: link.number })} />
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
      <footer className={styles['foot']}>
        <span>{version === null ? t('app.name') : t('sign-in.version', { version })}</span>
        <Button look="quiet" size="small" onClick={() => openSheet('report')}>
          {t('report.open')}
        </Button>
      </footer>
      <ReportDialog />
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

import { useState, type ReactNode } from 'react';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { useText } from '../text/text';
import { NewPasswordDialog } from './NewPasswordDialog';
import styles from './SignInFields.module.css';
import type { SignInForm } from './use-sign-in';

/** A code by mail where the server can send one, and whom to ask for a new password (S138, S297). Known once the server has answered. */
export function ForgottenPassword({ form }: { readonly form: SignInForm }): ReactNode {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const info = form.probe.state === 'ours' ? form.probe.info : null;
  const canReset = info?.canResetPassword === true;
  const support = info?.support ?? null;
  const hasContact = support !== null && (support.email !== null || support.phone !== null);
  return (
    <>
      <Notice kind="info" urgency="status" title={t('sign-in.forgot-title')}>
        <p>{t(canReset ? 'sign-in.forgot-note-mail' : 'sign-in.forgot-note')}</p>
        {!hasContact && <p>{t('sign-in.forgot-no-contact')}</p>}
        {support?.email != null && <p>{t('sign-in.forgot-email', { email: support.email })}</p>}
        {support?.phone != null && <p>{t('sign-in.forgot-phone', { phone: support.phone })}</p>}
        {canReset && (
          <Button size="small" className={styles['reset']} onClick={() => setIsOpen(true)}>
            {t('sign-in.reset-open')}
          </Button>
        )}
      </Notice>
      {isOpen && <NewPasswordDialog form={form} onClose={() => setIsOpen(false)} />}
    </>
  );
}

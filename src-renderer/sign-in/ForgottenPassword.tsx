import type { ReactNode } from 'react';
import type { ServerInfo } from '../../src-shared/server-api/rest-routes';
import { Notice } from '../components/Notice/Notice';
import { useText } from '../text/text';

/** Whom to ask for a new password (S138, S297). Known once the server has answered. */
export function ForgottenPassword({ support }: { readonly support: ServerInfo['support'] | null }): ReactNode {
  const { t } = useText();
  const hasContact = support !== null && (support.email !== null || support.phone !== null);
  return (
    <Notice kind="info" urgency="status" title={t('sign-in.forgot-title')}>
      <p>{t('sign-in.forgot-note')}</p>
      {!hasContact && <p>{t('sign-in.forgot-no-contact')}</p>}
      {support?.email != null && <p>{t('sign-in.forgot-email', { email: support.email })}</p>}
      {support?.phone != null && <p>{t('sign-in.forgot-phone', { phone: support.phone })}</p>}
    </Notice>
  );
}

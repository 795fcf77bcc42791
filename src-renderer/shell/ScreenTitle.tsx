import type { ReactNode } from 'react';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import styles from './ScreenTitle.module.css';

interface ScreenTitleProps {
  readonly title: string;
  readonly agent: AgentProfile;
  readonly action?: ReactNode;
}

/** Title of a screen; account and billing number stand under every one of them (S010). */
export function ScreenTitle({ title, agent, action }: ScreenTitleProps): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const { company, accountNumber, billingNumber } = agent.account;
  return (
    <div className={styles['head']}>
      <div>
        <h1 className={styles['title']}>{title}</h1>
        <p className={styles['account']}>
          <span>{company}</span> · <span>{t('shell.account-number', { number: accountNumber })}</span> ·{' '}
          <span>{t('shell.billing-number', { number: formatNumber(billingNumber) })}</span>
        </p>
      </div>
      {action}
    </div>
  );
}

import { ChevronDown, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentProfile } from '../../../src-shared/server-api/rest-routes';
import { actionFacts } from '../../actions/action-facts';
import { signOut } from '../../actions/window-actions';
import { Menu } from '../../components/Menu/Menu';
import { useText } from '../../text/text';
import styles from './AccountMenu.module.css';

/** Who is signed in, and the way out. During a call it asks first. */
export function AccountMenu({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  const initials = agent.displayName
    .split(/\s+/u)
    .map(word => word.charAt(0))
    .join('')
    .slice(0, 2);
  return (
    <Menu
      label={t('shell.account-of', { name: agent.displayName })}
      triggerClassName={styles['trigger']}
      trigger={
        <>
          <span className={styles['initials']} aria-hidden="true">
            {initials}
          </span>
          <ChevronDown size={14} aria-hidden="true" />
        </>
      }
      top={
        <div className={styles['who']}>
          <p className={styles['name']}>{agent.displayName}</p>
          <p>
            {t(`role.${agent.role}`)} · {t('shell.extension', { extension: agent.extension })}
          </p>
        </div>
      }
      groups={[
        {
          id: 'session',
          entries: [{ id: 'sign-out', label: t('shell.sign-out'), icon: <LogOut size={16} aria-hidden="true" /> }],
        },
      ]}
      onChoose={() => signOut(actionFacts())}
    />
  );
}

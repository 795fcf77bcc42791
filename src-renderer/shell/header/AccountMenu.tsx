import { ChevronDown, LogOut } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AgentProfile } from '../../../src-shared/server-api/rest-routes';
import { askAndTell } from '../../bridge/ask-and-tell';
import { Button } from '../../components/Button/Button';
import { Dialog } from '../../components/Dialog/Dialog';
import { Menu } from '../../components/Menu/Menu';
import { hasLiveCall } from '../../phone/facts/select-calls';
import { useCallStore } from '../../stores/call-store';
import { useText } from '../../text/text';
import styles from './AccountMenu.module.css';

/** Who is signed in, and the way out. During a call it asks first. */
export function AccountMenu({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  const [isAsking, setIsAsking] = useState(false);
  const signOut = (): void => {
    setIsAsking(false);
    void askAndTell('session.sign-out', {});
  };
  const initials = agent.displayName
    .split(/\s+/u)
    .map(word => word.charAt(0))
    .join('')
    .slice(0, 2);
  return (
    <>
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
        onChoose={() => (hasLiveCall(useCallStore.getState().calls) ? setIsAsking(true) : signOut())}
      />
      <Dialog
        role="alertdialog"
        title={t('shell.sign-out-title')}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>{t('common.cancel')}</Button>
            <Button look="danger" onClick={signOut}>
              {t('shell.sign-out-confirm')}
            </Button>
          </>
        }
      >
        <p>{t('shell.sign-out-note')}</p>
      </Dialog>
    </>
  );
}

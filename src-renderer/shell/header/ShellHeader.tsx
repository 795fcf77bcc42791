import { Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentProfile } from '../../../src-shared/server-api/rest-routes';
import { AvailabilityMenu } from '../../agent-status/AvailabilityMenu';
import { askAndTell } from '../../bridge/ask-and-tell';
import { IconButton } from '../../components/IconButton/IconButton';
import { useSettingsStore } from '../../stores/settings-store';
import { useText } from '../../text/text';
import { AccountMenu } from './AccountMenu';
import { LanguageSwitch } from './LanguageSwitch';
import { LineBadge } from './LineBadge';
import { useIsDark } from './use-is-dark';
import styles from './ShellHeader.module.css';

/** On every screen: the line, one's number, one's state, and the way out. */
export function ShellHeader({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  const theme = useSettingsStore(state => state.settings.theme);
  const isDark = useIsDark(theme);
  return (
    <header className={styles['header']}>
      <LineBadge extension={agent.extension} />
      <AvailabilityMenu />
      <div className={styles['tools']}>
        <IconButton
          label={t(isDark ? 'shell.theme-light' : 'shell.theme-dark')}
          onClick={() => void askAndTell('settings.change', { theme: isDark ? 'light' : 'dark' })}
        >
          {isDark ? <Sun size={18} aria-hidden="true" /> : <Moon size={18} aria-hidden="true" />}
        </IconButton>
        <LanguageSwitch />
        <AccountMenu agent={agent} />
      </div>
    </header>
  );
}

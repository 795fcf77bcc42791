import { Maximize2, Minimize2, Moon, Pin, PinOff, Search, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentProfile } from '../../../src-shared/server-api/rest-routes';
import { changeWindow } from '../../actions/window-actions';
import { AvailabilityMenu } from '../../agent-status/AvailabilityMenu';
import { askAndTell } from '../../bridge/ask-and-tell';
import { IconButton } from '../../components/IconButton/IconButton';
import { useDesktopStore } from '../../stores/desktop-store';
import { useSettingsStore } from '../../stores/settings-store';
import { openSheet } from '../../stores/view-store';
import { useText } from '../../text/text';
import { AccountMenu } from './AccountMenu';
import { LanguageSwitch } from './LanguageSwitch';
import { LineBadge } from './LineBadge';
import { useIsDark } from './use-is-dark';
import styles from './ShellHeader.module.css';

interface ShellHeaderProps {
  readonly agent: AgentProfile;
  readonly isCompact: boolean;
}

/** On every screen: the line, one's number, one's state, and the way out. */
export function ShellHeader({ agent, isCompact }: ShellHeaderProps): ReactNode {
  return (
    <header className={styles['header']}>
      <LineBadge extension={agent.extension} />
      <AvailabilityMenu queues={agent.queues} />
      {isCompact ? <CompactTools /> : <Tools agent={agent} />}
    </header>
  );
}

function Tools({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  const theme = useSettingsStore(state => state.settings.theme);
  const isDark = useIsDark(theme);
  return (
    <div className={styles['tools']}>
      <IconButton label={t('palette.open')} onClick={() => openSheet('palette')}>
        <Search size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('actions.compact')} onClick={() => changeWindow({ isCompact: true })}>
        <Minimize2 size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t(isDark ? 'shell.theme-light' : 'shell.theme-dark')}
        onClick={() => void askAndTell('settings.change', { theme: isDark ? 'light' : 'dark' })}
      >
        {isDark ? <Sun size={18} aria-hidden="true" /> : <Moon size={18} aria-hidden="true" />}
      </IconButton>
      <LanguageSwitch />
      <AccountMenu agent={agent} />
    </div>
  );
}

/** Beside the phone alone there is room for what changes its place. */
function CompactTools(): ReactNode {
  const { t } = useText();
  const isOnTop = useDesktopStore(state => state.window.isOnTop);
  const PinIcon = isOnTop ? PinOff : Pin;
  return (
    <div className={styles['tools']}>
      <IconButton
        label={t(isOnTop ? 'actions.not-on-top' : 'actions.on-top')}
        onClick={() => changeWindow({ isOnTop: !isOnTop })}
      >
        <PinIcon size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('actions.full-window')} onClick={() => changeWindow({ isCompact: false })}>
        <Maximize2 size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

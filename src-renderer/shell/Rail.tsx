import { CircleHelp, House, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../components/IconButton/IconButton';
import { openScreen, setHelpOpen, useViewStore } from '../stores/view-store';
import { useText } from '../text/text';
import styles from './Rail.module.css';

/** Screens in the order of a working day; settings and help at the foot. */
export function Rail(): ReactNode {
  const { t } = useText();
  const screen = useViewStore(state => state.screen);
  return (
    <nav className={styles['rail']} aria-label={t('shell.screens')}>
      <IconButton
        label={t('shell.dashboard')}
        placement="end"
        aria-current={screen === 'dashboard' ? 'page' : undefined}
        onClick={() => openScreen('dashboard')}
      >
        <House size={20} aria-hidden="true" />
      </IconButton>
      <span className={styles['gap']} />
      <IconButton label={t('shell.help')} placement="end" onClick={() => setHelpOpen(true)}>
        <CircleHelp size={20} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('shell.settings')}
        placement="end"
        aria-current={screen === 'settings' ? 'page' : undefined}
        onClick={() => openScreen('settings')}
      >
        <Settings size={20} aria-hidden="true" />
      </IconButton>
    </nav>
  );
}

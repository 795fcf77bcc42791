import { AudioLines, CircleHelp, House, ListTree, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { actionFacts } from '../actions/action-facts';
import { actions, type Action } from '../actions/actions';
import { IconButton } from '../components/IconButton/IconButton';
import { Menu, type MenuEntry } from '../components/Menu/Menu';
import { openScreen, useViewStore } from '../stores/view-store';
import { useText, type Language, type Translate } from '../text/text';
import styles from './Rail.module.css';

const helpActions = actions.filter(({ id }) => ['screen-help', 'help', 'report'].includes(id));
const entryOf = ({ id, label, icon: Icon }: Action, t: Translate, language: Language): MenuEntry => ({
  id,
  label: label({ t, language }, actionFacts()),
  icon: <Icon size={16} aria-hidden="true" />,
});

/** Screens in the order of a working day; settings and help at the foot. */
export function Rail(): ReactNode {
  const { t, language } = useText();
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
      <IconButton
        label={t('shell.calls')}
        placement="end"
        aria-current={screen === 'calls' ? 'page' : undefined}
        onClick={() => openScreen('calls')}
      >
        <ListTree size={20} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('shell.recordings')}
        placement="end"
        aria-current={screen === 'recordings' ? 'page' : undefined}
        onClick={() => openScreen('recordings')}
      >
        <AudioLines size={20} aria-hidden="true" />
      </IconButton>
      <span className={styles['gap']} />
      <Menu
        label={t('shell.help')}
        placement="end bottom"
        trigger={<CircleHelp size={20} aria-hidden="true" />}

        groups={[{ id: 'help', entries: helpActions.map(action => entryOf(action, t, language)) }]}
        onChoose={id => helpActions.find(action => action.id === id)?.run(actionFacts())}
      />
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

import type { ReactNode } from 'react';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { languages, themes } from '../../src-shared/settings/settings';
import { changeWindow } from '../actions/window-actions';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { Select } from '../components/Select/Select';
import { Toggle } from '../components/Toggle/Toggle';
import { ScreenTitle } from '../shell/ScreenTitle';
import { useDesktopStore } from '../stores/desktop-store';
import { useSettingsStore } from '../stores/settings-store';
import { useText } from '../text/text';
import { SettingsSection } from './SettingsSection';
import { SoundSettings } from './SoundSettings';
import { changeSettings } from './change-settings';
import { ShortcutSettings } from './shortcuts/ShortcutSettings';
import styles from './SettingsScreen.module.css';

/** Everything a person may set; each change takes effect at once. */
export function SettingsScreen({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  return (
    <div className={styles['settings']}>
      <ScreenTitle title={t('settings.title')} agent={agent} />
      <SoundSettings />
      <ProcessingSettings />
      <SettingsSection title={t('settings.test-call')} note={t('settings.test-call-note')}>
        <div>
          <Button onClick={() => void askAndTell('call.dial-echo', {})}>{t('settings.test-call-start')}</Button>
        </div>
      </SettingsSection>
      <ShortcutSettings />
      <WindowSettings />
      <AppearanceSettings />
    </div>
  );
}

function ProcessingSettings(): ReactNode {
  const { t } = useText();
  const settings = useSettingsStore(state => state.settings);
  return (
    <SettingsSection title={t('settings.processing')}>
      <div>
        <Toggle
          label={t('settings.auto-gain')}
          note={t('settings.auto-gain-note')}
          isOn={settings.autoGainControl}
          onChange={autoGainControl => changeSettings({ autoGainControl })}
        />
        <Toggle
          label={t('settings.noise')}
          note={t('settings.noise-note')}
          isOn={settings.noiseSuppression}
          onChange={noiseSuppression => changeSettings({ noiseSuppression })}
        />
        <Toggle
          label={t('settings.echo')}
          note={t('settings.echo-note')}
          isOn={settings.echoCancellation}
          onChange={echoCancellation => changeSettings({ echoCancellation })}
        />
      </div>
    </SettingsSection>
  );
}

function WindowSettings(): ReactNode {
  const { t } = useText();
  const { isCompact, isOnTop } = useDesktopStore(state => state.window);
  return (
    <SettingsSection title={t('settings.window')}>
      <div>
        <Toggle
          label={t('settings.compact')}
          note={t('settings.compact-note')}
          isOn={isCompact}
          onChange={chosen => changeWindow({ isCompact: chosen })}
        />
        <Toggle
          label={t('settings.on-top')}
          note={t('settings.on-top-note')}
          isOn={isOnTop}
          onChange={chosen => changeWindow({ isOnTop: chosen })}
        />
      </div>
    </SettingsSection>
  );
}

function AppearanceSettings(): ReactNode {
  const { t, language } = useText();
  const theme = useSettingsStore(state => state.settings.theme);
  return (
    <SettingsSection title={t('settings.appearance')}>
      <div className={styles['pair']}>
        <Select
          label={t('settings.language')}
          choices={languages.map(id => ({ id, label: t(`language.${id}`) }))}
          chosen={language}
          onChoose={chosen => changeSettings({ language: chosen })}
        />
        <Select
          label={t('settings.theme')}
          choices={themes.map(id => ({ id, label: t(`settings.theme-${id}`) }))}
          chosen={theme}
          onChoose={chosen => changeSettings({ theme: chosen })}
        />
      </div>
    </SettingsSection>
  );
}

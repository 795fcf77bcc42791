import { useState, type ReactNode } from 'react';
import type { KeyChord } from '../../../src-shared/shortcuts/key-chord';
import { globalShortcutFor, shortcutFor } from '../../../src-shared/shortcuts/keymap';
import {
  globalShortcutNames,
  suggestedGlobalShortcuts,
  type ShortcutName,
} from '../../../src-shared/shortcuts/shortcut-names';
import { actions } from '../../actions/actions';
import { Button } from '../../components/Button/Button';
import { useDesktopStore } from '../../stores/desktop-store';
import { useSettingsStore } from '../../stores/settings-store';
import { useText } from '../../text/text';
import { SettingsSection } from '../SettingsSection';
import { changeSettings } from '../change-settings';
import { ChordField } from './ChordField';
import { refusalOf, type ChordRefusal } from './chord-refusal';
import styles from './ShortcutSettings.module.css';

const names = actions.flatMap(({ shortcut }) => (shortcut === null ? [] : [shortcut]));

/** The keys of every order: in the window, and in other programs where that makes sense. */
export function ShortcutSettings(): ReactNode {
  const { t } = useText();
  return (
    <SettingsSection title={t('shortcuts.title')} note={t('shortcuts.note')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('shortcuts.action')}</th>
            <th scope="col">{t('shortcuts.in-window')}</th>
            <th scope="col">{t('shortcuts.everywhere')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map(name => (
            <Row key={name} name={name} />
          ))}
        </tbody>
      </table>
      <div className={styles['actions']}>
        <Button onClick={() => changeSettings({ globalShortcuts: suggestedGlobalShortcuts })}>
          {t('shortcuts.suggest')}
        </Button>
        <Button onClick={() => changeSettings({ shortcuts: {}, globalShortcuts: {} })}>{t('shortcuts.reset')}</Button>
      </div>
    </SettingsSection>
  );
}

function Row({ name }: { readonly name: ShortcutName }): ReactNode {
  const { t } = useText();
  const settings = useSettingsStore(state => state.settings);
  const taken = useDesktopStore(state => state.taken);
  const [refusal, setRefusal] = useState<ChordRefusal | null>(null);
  const globalName = globalShortcutNames.find(each => each === name);
  const choose = (scope: 'window' | 'global', chord: KeyChord | null): void => {
    const refused = chord === null ? null : refusalOf(chord, name, scope, settings);
    setRefusal(refused);
    if (refused !== null) return;
    if (scope === 'window') changeSettings({ shortcuts: { ...settings.shortcuts, [name]: chord } });
    else if (globalName !== undefined)
      changeSettings({ globalShortcuts: { ...settings.globalShortcuts, [globalName]: chord } });
  };
  const action = t(`help.${name}`);
  return (
    <>
      <tr data-shortcut={name}>
        <th scope="row">{action}</th>
        <td>
          <ChordField
            label={t('shortcuts.choose', { action })}
            chord={shortcutFor(settings, name)}
            onChoose={chord => choose('window', chord)}
          />
        </td>
        <td>
          {globalName !== undefined && (
            <ChordField
              label={t('shortcuts.choose-everywhere', { action })}
              chord={globalShortcutFor(settings, globalName)}
              onChoose={chord => choose('global', chord)}
            />
          )}
        </td>
      </tr>
      {(refusal !== null || (globalName !== undefined && taken.includes(globalName))) && (
        <tr>
          <td colSpan={3} className={styles['problem']}>
            <p role="alert">
              {refusal === null
                ? t('shortcuts.taken')
                : t(`shortcuts.refused-${refusal.why}`, refusalParams(refusal, t))}
            </p>
          </td>
        </tr>
      )}
    </>
  );
}

const refusalParams = (refusal: ChordRefusal, t: ReturnType<typeof useText>['t']): { readonly action: string } => ({
  action: refusal.why === 'in-use' ? t(`help.${refusal.by}`) : '',
});

import type { ReactNode } from 'react';
import { keyCaps } from '../../../src-shared/shortcuts/key-chord';
import { globalShortcutFor, shortcutFor } from '../../../src-shared/shortcuts/keymap';
import { globalShortcutNames, type ShortcutName } from '../../../src-shared/shortcuts/shortcut-names';
import { actions } from '../../actions/actions';
import { Button } from '../../components/Button/Button';
import { Dialog } from '../../components/Dialog/Dialog';
import { KeyCaps } from '../../components/KeyCaps/KeyCaps';
import { isMac } from '../../keyboard/platform';
import { useDesktopStore } from '../../stores/desktop-store';
import { useSettingsStore } from '../../stores/settings-store';
import { closeSheet, openScreen, useViewStore } from '../../stores/view-store';
import { useText } from '../../text/text';
import { changeWindow } from '../../actions/window-actions';
import styles from './ShortcutSheet.module.css';

const withKeys = actions.flatMap(({ shortcut }) => (shortcut === null ? [] : [shortcut]));

/** The cheat sheet: every key as it is now, in the window and in other programs. */
export function ShortcutSheet(): ReactNode {
  const { t } = useText();
  const isOpen = useViewStore(state => state.sheet === 'shortcuts');
  const isCompact = useDesktopStore(state => state.window.isCompact);
  const change = (): void => {
    closeSheet('shortcuts');
    openScreen('settings');
    if (isCompact) changeWindow({ isCompact: false });
  };
  return (
    <Dialog
      title={t('help.title')}
      isOpen={isOpen}
      onClose={() => closeSheet('shortcuts')}
      actions={
        <>
          <Button onClick={change}>{t('help.change')}</Button>
          <Button look="primary" onClick={() => closeSheet('shortcuts')}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <dl className={styles['keys']}>
        {withKeys.map(name => (
          <Row key={name} name={name} />
        ))}
      </dl>
    </Dialog>
  );
}

function Row({ name }: { readonly name: ShortcutName }): ReactNode {
  const { t } = useText();
  const settings = useSettingsStore(state => state.settings);
  const chord = shortcutFor(settings, name);
  const globalName = globalShortcutNames.find(each => each === name);
  const everywhere = globalName === undefined ? null : globalShortcutFor(settings, globalName);
  return (
    <div>
      <dt>{t(`help.${name}`)}</dt>
      <dd>
        {chord === null ? (
          <span className={styles['none']}>{t('shortcuts.none')}</span>
        ) : (
          <KeyCaps caps={keyCaps(chord, isMac)} />
        )}
        {everywhere !== null && (
          <span className={styles['everywhere']}>
            {t('help.everywhere')} <KeyCaps caps={keyCaps(everywhere, isMac)} />
          </span>
        )}
      </dd>
    </div>
  );
}

import { useEffect, useState, type ReactNode } from 'react';
import type { ServerInfo } from '../../../src-shared/server-api/rest-routes';
import { ask } from '../../bridge/ask';
import { Button } from '../../components/Button/Button';
import { Dialog } from '../../components/Dialog/Dialog';
import { shortcuts } from '../../keyboard/shortcuts';
import { useSettingsStore } from '../../stores/settings-store';
import { setHelpOpen, useViewStore } from '../../stores/view-store';
import { productVersion } from '../../text/product-version';
import { useText } from '../../text/text';
import styles from './HelpDialog.module.css';

/** The cheat sheet: every key, and whom to ask. */
export function HelpDialog(): ReactNode {
  const { t } = useText();
  const isOpen = useViewStore(state => state.isHelpOpen);
  const version = productVersion(navigator.userAgent);
  return (
    <Dialog
      title={t('help.title')}
      isOpen={isOpen}
      onClose={() => setHelpOpen(false)}
      actions={<Button onClick={() => setHelpOpen(false)}>{t('common.close')}</Button>}
    >
      <section className={styles['section']}>
        <h3>{t('help.shortcuts')}</h3>
        <dl className={styles['keys']}>
          {shortcuts.map(({ name, keys }) => (
            <div key={name}>
              <dt>{t(`help.${name}`)}</dt>
              <dd>
                {keys.map(key => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={styles['section']}>
        <h3>{t('help.support')}</h3>
        <SupportContact />
        {version !== null && <p className={styles['version']}>{t('help.version', { version })}</p>}
      </section>
    </Dialog>
  );
}

/** Asked when the sheet opens; an unreachable server leaves the general advice. */
function SupportContact(): ReactNode {
  const { t } = useText();
  const serverUrl = useSettingsStore(state => state.settings.serverUrl);
  const [support, setSupport] = useState<ServerInfo['support'] | null>(null);
  useEffect(() => {
    let isShown = true;
    ask('server.probe', { serverUrl }).then(
      info => isShown && setSupport(info.support),
      () => isShown && setSupport(null),
    );
    return () => {
      isShown = false;
    };
  }, [serverUrl]);
  const ways = [support?.phone, support?.email].filter(way => way !== null && way !== undefined);
  return <p className={styles['contact']}>{ways.length === 0 ? t('help.support-none') : ways.join(' · ')}</p>;
}

import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { IconButton } from '../../components/IconButton/IconButton';
import { Button } from '../../components/Button/Button';
import { useDesktopStore } from '../../stores/desktop-store';
import { openSheet, setHelpOpen, useViewStore, type ScreenName } from '../../stores/view-store';
import { productVersion } from '../../text/product-version';
import { useText } from '../../text/text';
import { figureIds } from '../../../src-shared/statistics/definitions';
import { contextHelp, phoneHelp } from './context-help';
import { SupportContact } from './SupportContact';
import styles from './HelpPanel.module.css';

/** Help on what is on screen, beside it: reading and doing at the same time (S292). */
export function HelpPanel(): ReactNode {
  const isOpen = useViewStore(state => state.isHelpOpen);
  const screen = useViewStore(state => state.screen);
  return isOpen ? <Panel screen={screen} /> : null;
}

function Panel({ screen }: { readonly screen: ScreenName }): ReactNode {
  const { t } = useText();
  const isCompact = useDesktopStore(state => state.window.isCompact);
  const version = productVersion(navigator.userAgent);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const opened = panel.current;
    opened?.focus();
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && opened?.contains(document.activeElement) === true) setHelpOpen(false);
    };
    window.addEventListener('keydown', close);
    return () => {
      window.removeEventListener('keydown', close);
      // Back to where the question came from, unless the person has gone elsewhere.
      const isInside = document.activeElement === document.body || opened?.contains(document.activeElement) === true;
      if (isInside && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      className={styles['panel']}
      tabIndex={-1}
      aria-label={t('help.screen-help')}
      data-testid="help-panel"
    >
      <div className={styles['head']}>
        <h2>{isCompact ? t('shell.phone') : t(`shell.${screen}`)}</h2>
        <IconButton label={t('common.close')} placement="start" onClick={() => setHelpOpen(false)}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
      {!isCompact && <ScreenPoints screen={screen} />}
      {!isCompact && <h2 className={styles['second']}>{t('shell.phone')}</h2>}
      {phoneHelp.map(point => (
        <Point key={point} title={t(`context-help.${point}`)} text={t(`context-help.${point}-text`)} />
      ))}
      <h2 className={styles['second']}>{t('help.support')}</h2>
      <SupportContact />
      {version !== null && <p className={styles['version']}>{t('help.version', { version })}</p>}
      <Button onClick={() => openSheet('report')}>{t('report.open')}</Button>
    </aside>
  );
}

function ScreenPoints({ screen }: { readonly screen: ScreenName }): ReactNode {
  const { t } = useText();
  return (
    <>
      {contextHelp[screen].map(point => (
        <Point key={point} title={t(`context-help.${point}`)} text={t(`context-help.${point}-text`)} />
      ))}
      {screen === 'dashboard' && <Definitions />}
    </>
  );
}

/** Every figure of the one list of definitions. */
function Definitions(): ReactNode {
  const { t } = useText();
  return (
    <dl className={styles['definitions']}>
      {figureIds.map(id => (
        <div key={id}>
          <dt>{t(`figures.${id}.name`)}</dt>
          <dd>{t(`figures.${id}.is`)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Point({ title, text }: { readonly title: string; readonly text: string }): ReactNode {
  return (
    <div className={styles['point']}>
      <h3>{title}</h3>
      <p>{text}</p>
    </div>
  );
}

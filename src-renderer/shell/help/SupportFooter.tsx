import type { ReactNode } from 'react';
import { Button } from '../../components/Button/Button';
import { openSheet, setHelpOpen, useViewStore } from '../../stores/view-store';
import { useText } from '../../text/text';
import { SupportContact } from './SupportContact';
import styles from './SupportFooter.module.css';

/** At the foot of every screen: help, the way to report a problem, and whom to call (S291, S293). */
export function SupportFooter(): ReactNode {
  const { t } = useText();
  const isHelpOpen = useViewStore(state => state.isHelpOpen);
  return (
    <footer className={styles['footer']}>
      <Button look="quiet" size="small" aria-expanded={isHelpOpen} onClick={() => setHelpOpen(!isHelpOpen)}>
        {t('help.screen-help')}
      </Button>
      <Button look="quiet" size="small" onClick={() => openSheet('shortcuts')}>
        {t('help.shortcuts')}
      </Button>
      <Button look="quiet" size="small" onClick={() => openSheet('report')}>
        {t('report.open')}
      </Button>
      <span className={styles['gap']} />
      <span className={styles['support']}>
        <span>{t('help.support')}</span>
        <SupportContact />
      </span>
    </footer>
  );
}

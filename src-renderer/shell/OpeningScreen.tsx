import type { ReactNode } from 'react';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { useText } from '../text/text';
import styles from './OpeningScreen.module.css';
import type { Snapshot } from './use-snapshot';

/** Before main has told the state of things: nothing for 300 ms, then a word, or why it failed. */
export function OpeningScreen({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const { t } = useText();
  return (
    <main className={styles['opening']}>
      {snapshot.state === 'failed' ? (
        <div className={styles['failed']}>
          <Notice kind="error" urgency="alert" title={t('app.failed-title')}>
            {t(`errors.${snapshot.failure.code}.what`, snapshot.failure.params)} {t('app.failed-next')}
          </Notice>
          <Button look="primary" onClick={snapshot.retry}>
            {t('app.retry')}
          </Button>
        </div>
      ) : (
        <p className={styles['waiting']}>{t('app.loading')}</p>
      )}
    </main>
  );
}

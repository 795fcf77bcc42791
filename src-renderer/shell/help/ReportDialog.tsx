import { useState, type ReactNode } from 'react';
import { ask } from '../../bridge/ask';
import { failureFrom, type ShownFailure } from '../../bridge/failure-from';
import { Button } from '../../components/Button/Button';
import { Dialog } from '../../components/Dialog/Dialog';
import { Notice } from '../../components/Notice/Notice';
import { closeSheet, useViewStore } from '../../stores/view-store';
import { useText } from '../../text/text';
import styles from './ReportDialog.module.css';

type Saving =
  | { readonly state: 'asking' | 'saving' | 'saved' }
  | { readonly state: 'failed'; readonly failure: ShownFailure };

/** "Report a problem": says what is in the file before it is written, and that it can be read before it is sent. */
export function ReportDialog(): ReactNode {
  const isOpen = useViewStore(state => state.sheet === 'report');
  return isOpen ? <OpenReport /> : null;
}

function OpenReport(): ReactNode {
  const { t } = useText();
  const [saving, setSaving] = useState<Saving>({ state: 'asking' });
  const save = async (): Promise<void> => {
    setSaving({ state: 'saving' });
    try {
      const { isSaved } = await ask('support.save-report', {});
      setSaving({ state: isSaved ? 'saved' : 'asking' });
    } catch (error) {
      setSaving({ state: 'failed', failure: failureFrom(error) });
    }
  };
  const close = (): void => closeSheet('report');
  const isSaved = saving.state === 'saved';
  return (
    <Dialog
      title={t('report.title')}
      isOpen
      onClose={close}
      actions={
        <>
          <Button look={isSaved ? 'primary' : 'plain'} onClick={close}>
            {t(isSaved ? 'common.close' : 'common.cancel')}
          </Button>
          {!isSaved && (
            <Button look="primary" isPending={saving.state === 'saving'} onClick={() => void save()}>
              {t('report.save')}
            </Button>
          )}
        </>
      }
    >
      <p>{t('report.what')}</p>
      <ul className={styles['list']}>
        <li>{t('report.has-versions')}</li>
        <li>{t('report.has-state')}</li>
        <li>{t('report.has-log')}</li>
      </ul>
      <p>{t('report.without')}</p>
      {isSaved && (
        <Notice kind="success" urgency="status" title={t('report.saved')}>
          {t('report.saved-next')}
        </Notice>
      )}
      {saving.state === 'failed' && (
        <Notice kind="error" urgency="alert" title={t(`errors.${saving.failure.code}.what`, saving.failure.params)}>
          {t(`errors.${saving.failure.code}.next`, saving.failure.params)}
        </Notice>
      )}
    </Dialog>
  );
}

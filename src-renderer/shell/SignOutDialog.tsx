import type { ReactNode } from 'react';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { Dialog } from '../components/Dialog/Dialog';
import { closeSheet, useViewStore } from '../stores/view-store';
import { useText } from '../text/text';

/** Asked when somebody signs out during a call, from the menu or the palette. */
export function SignOutDialog(): ReactNode {
  const { t } = useText();
  const isOpen = useViewStore(state => state.sheet === 'sign-out');
  const close = (): void => closeSheet('sign-out');
  const signOut = (): void => {
    close();
    void askAndTell('session.sign-out', {});
  };
  return (
    <Dialog
      role="alertdialog"
      title={t('shell.sign-out-title')}
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button look="danger" onClick={signOut}>
            {t('shell.sign-out-confirm')}
          </Button>
        </>
      }
    >
      <p>{t('shell.sign-out-note')}</p>
    </Dialog>
  );
}

import type { ReactNode } from 'react';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { Dialog } from '../components/Dialog/Dialog';
import { useSessionStore } from '../stores/session-store';
import { formatClock } from '../text/format-time';
import { useText } from '../text/text';
import { useElapsed } from '../text/use-elapsed';
import { useActivity } from './use-activity';

/** Nothing was done for long: says how long the session still lasts, and asks whether somebody is there (S303). */
export function IdleDialog(): ReactNode {
  const { t } = useText();
  const endsAt = useSessionStore(state => state.idleEndsAt);
  useActivity();
  const stay = (): void => void askAndTell('session.stay', {});
  return (
    <Dialog
      role="alertdialog"
      title={t('shell.idle-title')}
      isOpen={endsAt !== null}
      onClose={stay}
      actions={
        <>
          <Button onClick={() => void askAndTell('session.sign-out', {})}>{t('shell.sign-out')}</Button>
          <Button look="primary" onClick={stay}>
            {t('shell.idle-stay')}
          </Button>
        </>
      }
    >
      <p>{t('shell.idle-note')}</p>
      {endsAt !== null && <Countdown endsAt={endsAt} />}
    </Dialog>
  );
}

function Countdown({ endsAt }: { readonly endsAt: number }): ReactNode {
  const { t } = useText();
  const now = useElapsed(0);
  return (
    <p role="timer" data-testid="idle-countdown">
      {t('shell.idle-countdown', { time: formatClock(endsAt - now + 999) })}
    </p>
  );
}

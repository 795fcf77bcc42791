import type { ReactNode } from 'react';
import type { ShownFailure } from '../bridge/failure-from';
import { Button } from '../components/Button/Button';
import { Dialog } from '../components/Dialog/Dialog';
import { Notice } from '../components/Notice/Notice';
import { TextField } from '../components/TextField/TextField';
import { useText } from '../text/text';
import styles from './NewPasswordDialog.module.css';
import { useNewPassword, type NewPassword } from './use-new-password';
import type { SignInForm } from './use-sign-in';

interface NewPasswordDialogProps {
  readonly form: SignInForm;
  readonly onClose: () => void;
}

/** A code by mail, then the new password; whoever has set it is signed in with it (S297). */
export function NewPasswordDialog({ form, onClose }: NewPasswordDialogProps): ReactNode {
  const { t } = useText();
  const wanted = useNewPassword(form, onClose);
  const { isSent, canSend, canSet, isAsking, failure, send, set } = wanted;
  return (
    <Dialog
      title={t('sign-in.reset-title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {isSent ? (
            <Button look="primary" type="submit" form="new-password" isPending={isAsking} isDisabled={!canSet}>
              {t('sign-in.reset-set')}
            </Button>
          ) : (
            <Button look="primary" isPending={isAsking} isDisabled={!canSend} onClick={() => void send()}>
              {t('sign-in.reset-send')}
            </Button>
          )}
        </>
      }
    >
      <form
        id="new-password"
        className={styles['fields']}
        noValidate
        onSubmit={event => {
          event.preventDefault();
          event.stopPropagation(); // React would tell the sign-in form around it
          if (isSent) void (canSet && set());
          else void (canSend && send());
        }}
      >
        <TextField
          label={t('sign-in.identifier')}
          value={form.entry.identifier}
          onChange={typed => form.change({ identifier: typed })}
          autoComplete="username"
          spellCheck={false}
          maxLength={254}
        />
        {!isSent && <p>{t('sign-in.reset-ask')}</p>}
        {isSent && <CodeFields wanted={wanted} />}
        {failure !== null && <Failure failure={failure} />}
      </form>
    </Dialog>
  );
}

/** What the mail says, and the new password. */
function CodeFields({ wanted }: { readonly wanted: NewPassword }): ReactNode {
  const { t } = useText();
  const { code, setCode, password, setPassword, canSend, send } = wanted;
  return (
    <>
      <Notice kind="info" urgency="status" title={t('sign-in.reset-sent-title')}>
        <p>{t('sign-in.reset-sent')}</p>
        <Button size="small" className={styles['again']} isDisabled={!canSend} onClick={() => void send()}>
          {t('sign-in.reset-again')}
        </Button>
      </Notice>
      <TextField
        label={t('sign-in.reset-code')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        spellCheck={false}
        maxLength={64}
      />
      <TextField
        label={t('sign-in.reset-password')}
        note={t('sign-in.reset-rules')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        maxLength={1024}
      />
    </>
  );
}

function Failure({ failure }: { readonly failure: ShownFailure }): ReactNode {
  const { t } = useText();
  return (
    <Notice kind="error" urgency="alert" title={t(`errors.${failure.code}.what`, failure.params)}>
      {t(`errors.${failure.code}.next`, failure.params)}
    </Notice>
  );
}

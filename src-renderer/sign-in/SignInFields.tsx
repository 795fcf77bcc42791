import { CircleCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { TextField } from '../components/TextField/TextField';
import { Toggle } from '../components/Toggle/Toggle';
import { useText } from '../text/text';
import { ForgottenPassword } from './ForgottenPassword';
import styles from './SignInFields.module.css';
import { isAboutServer, type SignInForm } from './use-sign-in';

/** Address, identifier, password. */
export function SignInFields({ form }: { readonly form: SignInForm }): ReactNode {
  const { t } = useText();
  const { entry, change, probe, failure } = form;
  const [isForgotten, setIsForgotten] = useState(false);
  const serverFailure = failure !== null && isAboutServer(failure) ? failure : probe.state === 'failed' ? probe.failure : null;
  const serverProblem = serverFailure === null ? null : `${t(`errors.${serverFailure.code}.what`)} ${t(`errors.${serverFailure.code}.next`)}`;
  const missing = (field: typeof form.missing): string | null => (field !== null && form.missing === field ? t(`sign-in.missing-${field}`) : null);
  return (
    <form
      className={styles['fields']}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <TextField
        label={t('sign-in.server')}
        value={entry.serverUrl}
        onChange={serverUrl => change({ serverUrl })}
        onBlur={form.probeNow}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        placeholder="https://"
        maxLength={2048}
        autoFocus={entry.serverUrl === ''}
        problem={missing('server') ?? serverProblem}
        note={<ServerNote form={form} />}
      />
      <TextField
        label={t('sign-in.identifier')}
        value={entry.identifier}
        onChange={identifier => change({ identifier })}
        autoComplete="username"
        spellCheck={false}
        maxLength={254}
        autoFocus={entry.serverUrl !== '' && entry.identifier === ''}
        problem={missing('identifier')}
      />
      <TextField
        label={t('sign-in.password')}
        type="password"
        value={entry.password}
        onChange={password => change({ password })}
        autoComplete="current-password"
        maxLength={1024}
        autoFocus={entry.serverUrl !== '' && entry.identifier !== ''}
        problem={missing('password')}
        note={t('sign-in.password-note')}
        aside={
          <button type="button" className={styles['forgot']} aria-expanded={isForgotten} onClick={() => setIsForgotten(!isForgotten)}>
            {t('sign-in.forgot')}
          </button>
        }
      />
      {isForgotten && <ForgottenPassword support={probe.state === 'ours' ? probe.info.support : null} />}
      <Toggle
        look="checkbox"
        label={t('sign-in.remember')}
        isOn={entry.rememberIdentifier}
        onChange={rememberIdentifier => change({ rememberIdentifier })}
      />
      {failure !== null && !isAboutServer(failure) && (
        <Notice kind="error" role="alert" title={t(`errors.${failure.code}.what`, failure.params)}>
          {t(`errors.${failure.code}.next`, failure.params)}
        </Notice>
      )}
      <Button type="submit" look="primary" size="large" isPending={form.isSending}>
        {t(form.isSending ? 'sign-in.submitting' : 'sign-in.submit')}
      </Button>
    </form>
  );
}

/** Under the address: a hint, a search, or who answers. */
function ServerNote({ form }: { readonly form: SignInForm }): ReactNode {
  const { t } = useText();
  if (form.probe.state === 'checking') return t('sign-in.server-checking');
  if (form.probe.state !== 'ours') return t('sign-in.server-hint');
  return (
    <span className={styles['ours']}>
      <CircleCheck size={14} aria-hidden="true" />
      {t('sign-in.server-ours', { name: form.probe.info.name })}
    </span>
  );
}

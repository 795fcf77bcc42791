import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { TextField } from '../components/TextField/TextField';
import { Toggle } from '../components/Toggle/Toggle';
import { useText } from '../text/text';
import { ForgottenPassword } from './ForgottenPassword';
import { ServerField } from './ServerField';
import styles from './SignInFields.module.css';
import { isAboutServer, type SignInForm } from './use-sign-in';

/** Address, identifier, password. */
export function SignInFields({ form }: { readonly form: SignInForm }): ReactNode {
  const { t } = useText();
  const { entry, change, failure } = form;
  const fields = useRef<HTMLFormElement>(null);
  useEffect(() => focusFirstEmpty(fields.current), []);
  useEffect(() => {
    if (failure !== null) fields.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [failure]);
  return (
    <form
      ref={fields}
      className={styles['fields']}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <ServerField form={form} />
      <TextField
        label={t('sign-in.identifier')}
        value={entry.identifier}
        onChange={identifier => change({ identifier })}
        autoComplete="username"
        spellCheck={false}
        maxLength={254}
        problem={form.missing === 'identifier' ? t('sign-in.missing-identifier') : null}
      />
      <PasswordField form={form} />
      <Toggle
        look="checkbox"
        label={t('sign-in.remember')}
        isOn={entry.rememberIdentifier}
        onChange={rememberIdentifier => change({ rememberIdentifier })}
      />
      {failure !== null && !isAboutServer(failure) && (
        <Notice kind="error" urgency="alert" title={t(`errors.${failure.code}.what`, failure.params)}>
          {t(`errors.${failure.code}.next`, failure.params)}
        </Notice>
      )}
      <Button type="submit" look="primary" size="large" isPending={form.isSending}>
        {t(form.isSending ? 'sign-in.submitting' : 'sign-in.submit')}
      </Button>
    </form>
  );
}

/** The password, and what to do without one. */
function PasswordField({ form }: { readonly form: SignInForm }): ReactNode {
  const { t } = useText();
  const [isForgotten, setIsForgotten] = useState(false);
  return (
    <>
      <TextField
        label={t('sign-in.password')}
        type="password"
        value={form.entry.password}
        onChange={password => form.change({ password })}
        autoComplete="current-password"
        maxLength={1024}
        problem={form.missing === 'password' ? t('sign-in.missing-password') : null}
        note={t('sign-in.password-note')}
        aside={
          <button
            type="button"
            className={styles['forgot']}
            aria-expanded={isForgotten}
            onClick={() => setIsForgotten(!isForgotten)}
          >
            {t('sign-in.forgot')}
          </button>
        }
      />
      {isForgotten && <ForgottenPassword form={form} />}
    </>
  );
}

/** The screen holds nothing but this form: whoever remembered the rest can type the password at once. */
function focusFirstEmpty(form: HTMLFormElement | null): void {
  const inputs = [...(form?.querySelectorAll<HTMLInputElement>('input:not([type=checkbox])') ?? [])];
  inputs.find(input => input.value === '')?.focus();
}

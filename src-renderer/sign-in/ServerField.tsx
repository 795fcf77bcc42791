import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { TextField } from '../components/TextField/TextField';
import { useText } from '../text/text';
import styles from './SignInFields.module.css';
import { isAboutServer, type SignInForm } from './use-sign-in';

/** Where the central server is, with who answers there. */
export function ServerField({ form }: { readonly form: SignInForm }): ReactNode {
  const { t } = useText();
  const failure = serverFailure(form);
  const problem = failure === null ? null : `${t(`errors.${failure.code}.what`)} ${t(`errors.${failure.code}.next`)}`;
  return (
    <TextField
      label={t('sign-in.server')}
      value={form.entry.serverUrl}
      onChange={serverUrl => form.change({ serverUrl })}
      onBlur={form.probeNow}
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      dir="ltr"
      placeholder="https://"
      maxLength={2048}
      problem={form.missing === 'server' ? t('sign-in.missing-server') : problem}
      note={<ServerNote form={form} />}
    />
  );
}

const serverFailure = ({ failure, probe }: SignInForm): SignInForm['failure'] => {
  if (failure !== null && isAboutServer(failure)) return failure;
  return probe.state === 'failed' ? probe.failure : null;
};

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

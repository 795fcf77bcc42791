import { Delete, Grid3x3, Phone, RotateCcw } from 'lucide-react';
import { memo, useState, type ReactNode } from 'react';
import { Button } from '../../components/Button/Button';
import { IconButton } from '../../components/IconButton/IconButton';
import { useText } from '../../text/text';
import { usePhoneFormat } from '../../text/use-phone-format';
import { DialPad } from './DialPad';
import { useDialEntry, type DialEntry } from './use-dial-entry';
import styles from './DialField.module.css';

/**
 * Where a number is typed, pasted or repeated, and called. Always at the foot of the dock.
 * With a call about, calling somebody else is not the first thing to do and the pad would push that call away.
 */
export const DialField = memo(function DialField({ isIdle }: { readonly isIdle: boolean }): ReactNode {
  const { t } = useText();
  const entry = useDialEntry();
  const [isPadWanted, setIsPadWanted] = useState(false);
  const isPadOpen = isPadWanted && isIdle;
  return (
    <form className={styles['dial']} onSubmit={entry.submit}>
      {isPadOpen && <DialPad label={t('phone.dial-pad')} onDigit={entry.append} />}
      <p className={styles['problem']} role="alert" id="dial-problem">
        {entry.problem !== null && `${t(`errors.${entry.problem}.what`)} ${t(`errors.${entry.problem}.next`)}`}
      </p>
      <NumberField entry={entry} />
      <div className={styles['row']}>
        <Button
          type="submit"
          look={isIdle ? 'primary' : 'plain'}
          size="large"
          className={styles['call']}
          icon={<Phone size={18} aria-hidden="true" />}
          isPending={entry.isDialling}
        >
          {t('phone.dial')}
        </Button>
        <RedialButton entry={entry} />
        <IconButton
          className={styles['side']}
          label={t('phone.dial-pad')}
          placement="top"
          aria-pressed={isPadOpen}
          aria-disabled={!isIdle || undefined}
          onClick={() => setIsPadWanted(!isPadOpen)}
        >
          <Grid3x3 size={18} aria-hidden="true" />
        </IconButton>
      </div>
    </form>
  );
});

function NumberField({ entry }: { readonly entry: DialEntry }): ReactNode {
  const { t } = useText();
  return (
    <div className={styles['field']} data-invalid={entry.problem !== null || undefined}>
      <input
        className={styles['input']}
        data-dial-field
        type="text"
        inputMode="tel"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        aria-label={t('phone.dial-field')}
        aria-invalid={entry.problem !== null || undefined}
        aria-describedby="dial-problem"
        placeholder={t('phone.dial-placeholder')}
        value={entry.typed}
        onChange={entry.type}
        onPaste={entry.paste}
        onKeyDown={entry.walkHistory}
      />
      {entry.typed !== '' && (
        <IconButton label={t('phone.delete-digit')} placement="top" onClick={entry.deleteLast}>
          <Delete size={18} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

/** There is something to repeat only after a first call. The number it would call is the hover text. */
function RedialButton({ entry }: { readonly entry: DialEntry }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  if (entry.lastNumber === null) return null;
  return (
    <IconButton
      className={styles['side']}
      label={t('phone.redial')}
      placement="top"
      title={t('phone.redial-number', { number: formatNumber(entry.lastNumber) })}
      onClick={entry.redial}
    >
      <RotateCcw size={18} aria-hidden="true" />
    </IconButton>
  );
}

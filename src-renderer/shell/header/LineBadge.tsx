import type { ReactNode } from 'react';
import { WithTooltip } from '../../components/Tooltip/WithTooltip';
import { useLineStore } from '../../stores/line-store';
import { useText } from '../../text/text';
import styles from './LineBadge.module.css';

/** The line's state in colour and word, and the number it belongs to. */
export function LineBadge({ extension }: { readonly extension: string }): ReactNode {
  const { t } = useText();
  const line = useLineStore(state => state.line);
  const detail =
    line.state === 'registered' ? t(line.isConfirmed ? 'line.confirmed' : 'line.unconfirmed') : t('line.label');
  return (
    <div className={styles['badge']}>
      <WithTooltip text={detail}>
        <button
          type="button"
          className={styles['line']}
          data-testid="line-state"
          data-state={line.state}
          aria-label={`${t('line.label')}: ${t(`line.${line.state}`)}`}
        >
          <span className={styles['dot']} aria-hidden="true" />
          <span className={styles['word']}>{t(`line.${line.state}`)}</span>
        </button>
      </WithTooltip>
      <span className={styles['extension']}>{t('shell.extension', { extension })}</span>
    </div>
  );
}

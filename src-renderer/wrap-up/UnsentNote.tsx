import { CloudUpload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWrapUpStore } from '../stores/wrap-up-store';
import { useText } from '../text/text';
import styles from './UnsentNote.module.css';

/** What is saved on this computer and not yet with the server. */
export function UnsentNote(): ReactNode {
  const { t } = useText();
  const unsent = useWrapUpStore(state => state.unsent);
  return (
    <output className={styles['note']} hidden={unsent === 0} data-testid="unsent">
      {unsent > 0 && (
        <>
          <CloudUpload size={16} aria-hidden="true" />
          {t('wrap-up.unsent', { count: unsent })}
        </>
      )}
    </output>
  );
}

import type { ReactNode } from 'react';
import styles from './KeyCaps.module.css';

/** A key combination as it is printed on the keyboard. */
export function KeyCaps({ caps }: { readonly caps: readonly string[] }): ReactNode {
  return (
    <span className={styles['caps']} dir="ltr">
      {/* The blank is for who hears it: "Ctrl H", not "CtrlH". */}
      {caps.map(cap => (
        <kbd key={cap} className={styles['cap']}>
          {cap}{' '}
        </kbd>
      ))}
    </span>
  );
}

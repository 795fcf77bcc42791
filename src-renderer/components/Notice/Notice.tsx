import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

export type NoticeKind = 'info' | 'success' | 'warning' | 'error';
interface NoticeProps {
  readonly kind: NoticeKind;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Errors interrupt a screen reader; the rest waits its turn. */
  readonly role?: 'alert' | 'status' | undefined;
}
const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleX };

/** Something to know, in place: what happened and what to do. */
export function Notice({ kind, title, children, action, role }: NoticeProps): ReactNode {
  const Icon = icons[kind];
  return (
    <div className={styles['notice']} data-kind={kind} role={role}>
      <Icon size={18} aria-hidden="true" className={styles['icon']} />
      <div className={styles['text']}>
        <p className={styles['title']}>{title}</p>
        {children !== undefined && <div className={styles['body']}>{children}</div>}
      </div>
      {action}
    </div>
  );
}

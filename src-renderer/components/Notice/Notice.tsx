import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

export type NoticeKind = 'info' | 'success' | 'warning' | 'error';
interface NoticeProps {
  readonly kind: NoticeKind;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Read aloud when it appears: an alert interrupts, a status waits its turn. */
  readonly urgency?: 'alert' | 'status';
}
const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleX };

/** Something to know, in place: what happened and what to do. */
export function Notice({ kind, title, children, action, urgency }: NoticeProps): ReactNode {
  const Icon = icons[kind];
  return (
    <div className={styles['notice']} data-kind={kind} role={urgency}>
      <Icon size={18} aria-hidden="true" className={styles['icon']} />
      <div className={styles['text']}>
        <p className={styles['title']}>{title}</p>
        {children !== undefined && <div className={styles['body']}>{children}</div>}
      </div>
      {action}
    </div>
  );
}

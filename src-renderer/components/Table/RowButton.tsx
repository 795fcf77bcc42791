import type { ReactNode } from 'react';
import styles from './Table.module.css';

interface RowButtonProps {
  /** Read aloud, and shown by the platform on hover: a tooltip of our own in each row would be half of the table's work. */
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** An order in a row, for the mouse: with the keyboard Enter opens the row, and there is everything. */
export function RowButton({ label, onClick, children }: RowButtonProps): ReactNode {
  return (
    <button type="button" className={styles['order']} tabIndex={-1} aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}

import { useId, type ComponentProps, type ReactNode } from 'react';
import styles from './TextField.module.css';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string;
  /** Read aloud only: what the line is for is seen otherwise. */
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Beside the label, for example a link. */
  readonly aside?: ReactNode;
  readonly note?: ReactNode;
  /** What is wrong with the entry; replaces the note. */
  readonly problem?: string | null;
}

/** A labelled line of text with room for a note or a problem below. */
export function TextField({
  label,
  isLabelHidden = false,
  value,
  onChange,
  aside,
  note,
  problem = null,
  ...rest
}: TextFieldProps): ReactNode {
  const id = useId();
  const below = problem ?? note ?? null;
  return (
    <div className={styles['field']}>
      {!isLabelHidden && (
        <div className={styles['head']}>
          <label htmlFor={id}>{label}</label>
          {aside}
        </div>
      )}
      <input
        {...rest}
        id={id}
        value={value}
        className={styles['input']}
        aria-label={isLabelHidden ? label : undefined}
        aria-invalid={problem !== null || undefined}
        aria-describedby={below === null ? undefined : `${id}-below`}
        onChange={event => onChange(event.target.value)}
      />
      {below !== null && (
        <div
          id={`${id}-below`}
          className={styles['below']}
          data-problem={problem !== null || undefined}
          role={problem === null ? undefined : 'alert'}
        >
          {below}
        </div>
      )}
    </div>
  );
}

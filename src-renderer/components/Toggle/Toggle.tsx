import { useId, type ReactNode } from 'react';
import styles from './Toggle.module.css';

interface ToggleProps {
  readonly label: string;
  readonly note?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** A box to tick in a form, or a switch that acts at once. */
  readonly look?: 'switch' | 'checkbox';
}

/** On or off. */
export function Toggle({ label, note, isOn, onChange, look = 'switch' }: ToggleProps): ReactNode {
  const id = useId();
  return (
    <label className={styles['toggle']} data-look={look}>
      <input
        type="checkbox"
        role={look === 'switch' ? 'switch' : undefined}
        className={styles['box']}
        checked={isOn}
        aria-labelledby={`${id}-label`}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={event => onChange(event.target.checked)}
      />
      <span className={styles['text']}>
        <span id={`${id}-label`}>{label}</span>
        {note !== undefined && (
          <span id={`${id}-note`} className={styles['note']}>
            {note}
          </span>
        )}
      </span>
    </label>
  );
}

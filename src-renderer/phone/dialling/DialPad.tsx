import type { ReactNode } from 'react';
import { useText } from '../../text/text';
import styles from './DialPad.module.css';

/** ITU-T E.161: the twelve keys and the letters people know them by. */
const keys = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;
type DialKey = (typeof keys)[number][0];

interface DialPadProps {
  readonly label: string;
  readonly onDigit: (digit: DialKey) => void;
}

/** Twelve keys. The keyboard's own digits are the business of whoever shows the pad. */
export function DialPad({ label, onDigit }: DialPadProps): ReactNode {
  const { t } = useText();
  return (
    <fieldset className={styles['pad']} aria-label={label} dir="ltr">
      {keys.map(([digit, letters]) => (
        <button
          key={digit}
          type="button"
          className={styles['key']}
          // With letters the key's own text is its name: a label without them would not match what is seen (WCAG 2.5.3).
          aria-label={
            letters === '' ? t(`phone.digit.${digit === '*' ? 'star' : digit === '#' ? 'hash' : digit}`) : undefined
          }
          onClick={() => onDigit(digit)}
        >
          <span className={styles['digit']}>{digit}</span>
          <span className={styles['letters']}>{letters}</span>
        </button>
      ))}
    </fieldset>
  );
}

import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { chordOf, keyCaps, type KeyChord } from '../../../src-shared/shortcuts/key-chord';
import { KeyCaps } from '../../components/KeyCaps/KeyCaps';
import { isMac } from '../../keyboard/platform';
import { useText } from '../../text/text';
import styles from './ShortcutSettings.module.css';

interface ChordFieldProps {
  readonly label: string;
  readonly chord: KeyChord | null;
  readonly onChoose: (chord: KeyChord | null) => void;
}

/** A button that shows a key and, once pressed, takes the next one. Escape leaves it as it is, Backspace takes it away. */
export function ChordField({ label, chord, onChoose }: ChordFieldProps): ReactNode {
  const { t } = useText();
  const [isRecording, setIsRecording] = useState(false);
  const record = (event: KeyboardEvent): void => {
    // Tab goes on: nobody is locked in.
    if (!isRecording || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    const pressed = chordOf(event, isMac);
    const isTakenAway = event.key === 'Backspace' && pressed === null;
    if (event.key !== 'Escape' && pressed === null && !isTakenAway) return;
    setIsRecording(false);
    if (event.key !== 'Escape') onChoose(pressed);
  };
  return (
    <button
      type="button"
      className={styles['field']}
      aria-label={`${label}: ${isRecording ? t('shortcuts.press') : wordsOf(chord, t('shortcuts.none'))}`}
      data-records-keys={isRecording || undefined}
      onClick={() => setIsRecording(true)}
      onKeyDown={record}
      onBlur={() => setIsRecording(false)}
    >
      {isRecording && t('shortcuts.press')}
      {!isRecording && (chord === null ? t('shortcuts.none') : <KeyCaps caps={keyCaps(chord, isMac)} />)}
    </button>
  );
}

const wordsOf = (chord: KeyChord | null, none: string): string =>
  chord === null ? none : keyCaps(chord, isMac).join(' ');

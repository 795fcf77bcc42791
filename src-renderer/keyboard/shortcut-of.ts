import { chordOf, type PressedKeys } from '../../src-shared/shortcuts/key-chord';
import { orderOf, type KeyChoices } from '../../src-shared/shortcuts/keymap';
import type { ShortcutName } from '../../src-shared/shortcuts/shortcut-names';

/** Which order a key press is. A held key counts once; the sign `?` only outside of text fields. */
export function shortcutOf(
  pressed: PressedKeys & { readonly repeat: boolean },
  choices: KeyChoices,
  { isTyping, isMac }: { readonly isTyping: boolean; readonly isMac: boolean },
): ShortcutName | null {
  if (pressed.repeat) return null;
  const chord = chordOf(pressed, isMac);
  if (chord === null || (isTyping && chord === '?')) return null;
  return orderOf(choices, chord);
}

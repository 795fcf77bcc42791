/**
 * A key with its modifiers as text: `Mod+Shift+H`, always in the order Mod, Alt, Shift. `Mod` is Ctrl, on a Mac Command. The
 * single sign `?` is the one chord without a modifier that is no function key.
 */
export type KeyChord = string;

const letter = '[A-Z0-9]';
const functionKey = 'F(?:[1-9]|1\\d|2[0-4])';
const namedKeys = [
  'Enter',
  'Space',
  'Up',
  'Down',
  'Left',
  'Right',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Insert',
  'Delete',
];
/** What a stored chord looks like; used by the settings schema. */
export const chordPattern = new RegExp(
  `^(?:\\?|(?:Mod\\+)?(?:Alt\\+)?(?:Shift\\+)?(?:${letter}|${functionKey}|${namedKeys.join('|')}))$`,
);

/** The part of a keyboard event that matters. */
export interface PressedKeys {
  readonly key: string;
  /** Place of the key, for keyboards whose letters are not Latin. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const namedByEvent: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** The chord somebody presses; null while only modifiers are down, or for a key that cannot be part of one. */
export function chordOf(pressed: PressedKeys, isMac: boolean): KeyChord | null {
  const [isMod, isForeign] = isMac ? [pressed.metaKey, pressed.ctrlKey] : [pressed.ctrlKey, pressed.metaKey];
  if (isForeign) return null;
  // Typed with Shift on some keyboards and without on others.
  if (pressed.key === '?' && !isMod && !pressed.altKey) return '?';
  const key = keyOf(pressed);
  if (key === null) return null;
  const modifiers = [isMod && 'Mod', pressed.altKey && 'Alt', pressed.shiftKey && 'Shift'].filter(
    each => each !== false,
  );
  return [...modifiers, key].join('+');
}

function keyOf({ key, code }: PressedKeys): string | null {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const placed = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(code);
  if (placed !== null) return placed[1] ?? placed[2] ?? null;
  const named = namedByEvent[key] ?? key;
  return namedKeys.includes(named) || new RegExp(`^${functionKey}$`).test(named) ? named : null;
}

export type ChordProblem = 'types-text' | 'reserved' | 'too-plain';

/** Keys of editing and of the window itself, which everybody expects to go on working. */
const reserved = ['C', 'V', 'X', 'A', 'Z', 'Y', 'Q', 'W', 'R'].map(key => `Mod+${key}`).concat('Alt+F4', 'Mod+Shift+Z');

/**
 * Why a chord must not be a shortcut; null when it may. Never one that types: a plain letter, and Ctrl+Alt with a letter, which is
 * AltGr on half of the keyboards of Europe. A global one has to be out of the way of other programs as well.
 */
export function chordProblem(chord: KeyChord, scope: 'window' | 'global'): ChordProblem | null {
  if (reserved.includes(chord)) return 'reserved';
  if (chord === '?') return scope === 'window' ? null : 'types-text';
  const parts = chord.split('+');
  const has = (modifier: string): boolean => parts.slice(0, -1).includes(modifier);
  const key = parts.at(-1) ?? '';
  const isFunctionKey = new RegExp(`^${functionKey}$`).test(key);
  if (!isFunctionKey && (!has('Mod') || has('Alt'))) return 'types-text';
  if (scope === 'window') return null;
  const isOutOfTheWay = isFunctionKey ? has('Mod') || has('Alt') : has('Shift');
  return isOutOfTheWay ? null : 'too-plain';
}

/** The same chord as Electron writes it. */
export const acceleratorOf = (chord: KeyChord): string =>
  chord.replace(/^Mod\b/, 'CommandOrControl').replace(/Enter$/, 'Return');

/** The caps to draw: `Ctrl`, `Shift`, `H`; on a Mac its signs. */
export function keyCaps(chord: KeyChord, isMac: boolean): readonly string[] {
  const caps: Readonly<Record<string, string>> = isMac
    ? { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '⏎', Up: '↑', Down: '↓', Left: '←', Right: '→' }
    : { Mod: 'Ctrl', Up: '↑', Down: '↓', Left: '←', Right: '→' };
  return chord.split('+').map(part => caps[part] ?? part);
}

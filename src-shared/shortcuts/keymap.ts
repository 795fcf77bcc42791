import type { KeyChord } from './key-chord';
import {
  defaultShortcuts,
  globalShortcutNames,
  shortcutNames,
  type GlobalShortcutName,
  type ShortcutName,
} from './shortcut-names';

/** What a person changed; null takes the key away. Names that are missing keep their default. */
export interface KeyChoices {
  readonly shortcuts: Readonly<Partial<Record<ShortcutName, KeyChord | null>>>;
  readonly globalShortcuts: Readonly<Partial<Record<GlobalShortcutName, KeyChord | null>>>;
}

/** The key of an order inside the window. */
export const shortcutFor = ({ shortcuts }: KeyChoices, name: ShortcutName): KeyChord | null => {
  const chosen = shortcuts[name];
  return chosen === undefined ? defaultShortcuts[name] : chosen;
};

/** The key of an order in every program; none until somebody chooses one. */
export const globalShortcutFor = ({ globalShortcuts }: KeyChoices, name: GlobalShortcutName): KeyChord | null =>
  globalShortcuts[name] ?? null;

/** The order that has this key inside the window; the first of the list, should a file written by hand give it twice. */
export const orderOf = (choices: KeyChoices, chord: KeyChord): ShortcutName | null =>
  shortcutNames.find(name => shortcutFor(choices, name) === chord) ?? null;

/** Which other order has the key already, in the window or everywhere. The same order may have it in both. */
export function orderWithKey(choices: KeyChoices, chord: KeyChord, name: ShortcutName): ShortcutName | null {
  const inWindow = shortcutNames.find(each => each !== name && shortcutFor(choices, each) === chord);
  return (
    inWindow ?? globalShortcutNames.find(each => each !== name && globalShortcutFor(choices, each) === chord) ?? null
  );
}

import { chordProblem, type ChordProblem, type KeyChord } from '../../../src-shared/shortcuts/key-chord';
import { orderWithKey, type KeyChoices } from '../../../src-shared/shortcuts/keymap';
import type { ShortcutName } from '../../../src-shared/shortcuts/shortcut-names';

export type ChordRefusal = { readonly why: ChordProblem } | { readonly why: 'in-use'; readonly by: ShortcutName };

/** Why an order cannot have this key; null when it can. */
export function refusalOf(
  chord: KeyChord,
  name: ShortcutName,
  scope: 'window' | 'global',
  choices: KeyChoices,
): ChordRefusal | null {
  const problem = chordProblem(chord, scope);
  if (problem !== null) return { why: problem };
  const by = orderWithKey(choices, chord, name);
  return by === null ? null : { why: 'in-use', by };
}

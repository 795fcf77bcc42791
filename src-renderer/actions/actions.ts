import type { LucideIcon } from 'lucide-react';
import type { ShortcutName } from '../../src-shared/shortcuts/shortcut-names';
import type { ActionFacts, Words } from './action-facts';
import { agentActions, breakActions } from './agent-actions';
import { phoneActions } from './phone-actions';
import { transferActions } from './transfer-actions';
import { windowActions } from './window-actions';

export type ActionGroup = 'phone' | 'agent' | 'screen' | 'window' | 'help' | 'session';

/** Something an agent can do without a mouse. */
export interface Action {
  /** Stays the same for ever: what was used last is remembered by it. */
  readonly id: string;
  readonly group: ActionGroup;
  readonly icon: LucideIcon;
  /** The order whose key does this as well. */
  readonly shortcut: ShortcutName | null;
  /** What it does now, as the palette shows it. */
  readonly label: (words: Words, facts: ActionFacts) => string;
  readonly isAllowed: (facts: ActionFacts) => boolean;
  readonly run: (facts: ActionFacts) => void;
}

/** Everything there is to do whatever the centre, once: palette, keys, cheat sheet and the settings of the keys are views of this list. */
export const actions: readonly Action[] = [...phoneActions, ...transferActions, ...agentActions, ...windowActions];

/** The same, and what the centre's policy adds: a break for each reason on its list. */
export const actionsNow = (facts: ActionFacts): readonly Action[] => [...actions, ...breakActions(facts)];

/** Does what a key stands for, if it is possible now. */
export function performShortcut(name: ShortcutName, facts: ActionFacts): void {
  const action = actions.find(({ shortcut }) => shortcut === name);
  if (action?.isAllowed(facts) === true) action.run(facts);
}

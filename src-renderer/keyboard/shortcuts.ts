/** Every shortcut inside the window. `Ctrl+K` is kept free for the command palette. */
export const shortcuts = [
  { name: 'answer', keys: ['Ctrl', 'Enter'] },
  { name: 'hang-up', keys: ['Ctrl', 'Shift', 'H'] },
  { name: 'mute', keys: ['Ctrl', 'M'] },
  { name: 'hold', keys: ['Ctrl', 'H'] },
  { name: 'dial', keys: ['Ctrl', 'D'] },
  { name: 'help', keys: ['?'] },
] as const;
export type ShortcutName = (typeof shortcuts)[number]['name'];

export interface PressedKeys {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
}

/** Which shortcut a key press is. A held key counts once; a sign such as `?` only outside of text fields. */
export function shortcutOf(pressed: PressedKeys, isTyping: boolean): ShortcutName | null {
  if (pressed.repeat || pressed.altKey || pressed.metaKey) return null;
  const found = shortcuts.find(({ keys }) => matches(keys, pressed));
  return found === undefined || (isTyping && !pressed.ctrlKey) ? null : found.name;
}

function matches(keys: readonly string[], pressed: PressedKeys): boolean {
  const sign = keys.at(-1) ?? '';
  // A sign is typed with Shift on some keyboards and without on others; letters say which they mean.
  const isShiftRight = sign === '?' || pressed.shiftKey === keys.includes('Shift');
  return pressed.key.toLowerCase() === sign.toLowerCase() && pressed.ctrlKey === keys.includes('Ctrl') && isShiftRight;
}

/** Whether keys go into a text at the moment. Boxes to tick and sliders are inputs, but not for typing. */
export function isTypingTarget(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button'].includes(element.type);
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable);
}

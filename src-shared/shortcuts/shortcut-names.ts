/** Orders that may have a key inside the window, with the key they have until somebody changes it. */
export const defaultShortcuts = {
  answer: 'Mod+Enter',
  'hang-up': 'Mod+Shift+H',
  mute: 'Mod+M',
  hold: 'Mod+H',
  transfer: 'Mod+T',
  consult: 'Mod+E',
  swap: 'Mod+S',
  merge: 'Mod+G',
  complete: 'Mod+Shift+T',
  pause: 'Mod+Shift+P',
  dial: 'Mod+D',
  palette: 'Mod+K',
  compact: 'Mod+Shift+M',
  'screen-help': 'F1',
  help: '?',
} as const;
export type ShortcutName = keyof typeof defaultShortcuts;
export const shortcutNames = Object.keys(defaultShortcuts) as readonly ShortcutName[];

/** Orders that may also be given while another program has the keyboard. None is taken from the other programs unasked. */
export const globalShortcutNames = ['answer', 'hang-up', 'mute', 'hold', 'pause'] as const;
export type GlobalShortcutName = (typeof globalShortcutNames)[number];

/** Keys that hardly any program uses, for who does not want to search. */
export const suggestedGlobalShortcuts: Readonly<Record<GlobalShortcutName, string>> = {
  answer: 'Mod+Shift+F9',
  'hang-up': 'Mod+Shift+F10',
  mute: 'Mod+Shift+F11',
  hold: 'Mod+Shift+F12',
  pause: 'Mod+Shift+F8',
};

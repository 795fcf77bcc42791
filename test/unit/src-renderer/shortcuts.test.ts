import { describe, expect, it } from 'vitest';
import { shortcutOf } from '../../../src-renderer/keyboard/shortcut-of';
import type { PressedKeys } from '../../../src-shared/shortcuts/key-chord';
import type { KeyChoices } from '../../../src-shared/shortcuts/keymap';

type Pressed = PressedKeys & { readonly repeat: boolean };
const press = (keys: string, part: Partial<Pressed> = {}): Pressed => ({
  key: keys.split('+').at(-1) ?? '',
  code: '',
  ctrlKey: keys.includes('Ctrl'),
  shiftKey: keys.includes('Shift'),
  altKey: keys.includes('Alt'),
  metaKey: false,
  repeat: false,
  ...part,
});
const defaults: KeyChoices = { shortcuts: {}, globalShortcuts: {} };
const away = { isTyping: false, isMac: false };

describe('shortcuts', () => {
  it.each([
    ['Ctrl+Enter', 'answer'],
    ['Ctrl+Shift+H', 'hang-up'],
    ['Ctrl+h', 'hold'],
    ['Ctrl+m', 'mute'],
    ['Ctrl+d', 'dial'],
    ['Ctrl+k', 'palette'],
    ['Ctrl+Shift+M', 'compact'],
    ['F1', 'screen-help'],
    ['Shift+?', 'help'],
    ['?', 'help'],
    ['Enter', null],
    ['h', null],
    ['Ctrl+Alt+h', null],
    ['Ctrl+j', null],
  ])('%s is %s', (keys, expected) => {
    expect(shortcutOf(press(keys), defaults, away)).toBe(expected);
  });

  it('leaves signs to the text somebody types, but not orders', () => {
    const typing = { ...away, isTyping: true };
    const found = ['Shift+?', 'Ctrl+m'].map(keys => shortcutOf(press(keys), defaults, typing));
    expect(found).toEqual([null, 'mute']);
  });

  it('counts a held key once', () => {
    expect(shortcutOf(press('Ctrl+m', { repeat: true }), defaults, away)).toBeNull();
  });

  it('follows what a person chose, and forgets the key it had', () => {
    const chosen: KeyChoices = { shortcuts: { mute: 'Mod+J', hold: null }, globalShortcuts: {} };
    const found = ['Ctrl+j', 'Ctrl+m', 'Ctrl+h'].map(keys => shortcutOf(press(keys), chosen, away));
    expect(found).toEqual(['mute', null, null]);
  });

  it('takes Command on a Mac, and there only', () => {
    const command = press('m', { metaKey: true });
    expect([shortcutOf(command, defaults, { ...away, isMac: true }), shortcutOf(command, defaults, away)]).toEqual([
      'mute',
      null,
    ]);
    expect(shortcutOf(press('Ctrl+m'), defaults, { ...away, isMac: true })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { shortcutOf, type PressedKeys } from '../../../src-renderer/keyboard/shortcuts';

const press = (keys: string, part: Partial<PressedKeys> = {}): PressedKeys => ({
  key: keys.split('+').at(-1) ?? '',
  ctrlKey: keys.includes('Ctrl'),
  shiftKey: keys.includes('Shift'),
  altKey: keys.includes('Alt'),
  metaKey: false,
  repeat: false,
  ...part,
});

describe('shortcuts', () => {
  it.each([
    ['Ctrl+Enter', 'answer'],
    ['Ctrl+Shift+H', 'hang-up'],
    ['Ctrl+h', 'hold'],
    ['Ctrl+m', 'mute'],
    ['Ctrl+d', 'dial'],
    ['Shift+?', 'help'],
    ['?', 'help'],
    ['Enter', null],
    ['h', null],
    ['Ctrl+Shift+M', null],
    ['Ctrl+Alt+h', null],
    ['Ctrl+k', null],
  ])('%s is %s', (keys, expected) => {
    expect(shortcutOf(press(keys), false)).toBe(expected);
  });

  it('leaves signs to the text somebody types, but not orders', () => {
    expect([shortcutOf(press('Shift+?'), true), shortcutOf(press('Ctrl+m'), true)]).toEqual([null, 'mute']);
  });

  it('counts a held key once', () => {
    expect(shortcutOf(press('Ctrl+m', { repeat: true }), false)).toBeNull();
  });
});

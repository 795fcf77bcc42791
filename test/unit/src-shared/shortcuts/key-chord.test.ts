import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceleratorOf,
  chordOf,
  chordPattern,
  chordProblem,
  keyCaps,
  type PressedKeys,
} from '../../../../src-shared/shortcuts/key-chord';
import { orderOf, orderWithKey, shortcutFor } from '../../../../src-shared/shortcuts/keymap';
import {
  defaultShortcuts,
  globalShortcutNames,
  shortcutNames,
  suggestedGlobalShortcuts,
} from '../../../../src-shared/shortcuts/shortcut-names';

const press = (key: string, code: string, modifiers = ''): PressedKeys => ({
  key,
  code,
  ctrlKey: modifiers.includes('c'),
  shiftKey: modifiers.includes('s'),
  altKey: modifiers.includes('a'),
  metaKey: modifiers.includes('m'),
});

describe('a pressed key as a chord', () => {
  it.each([
    [press('h', 'KeyH', 'cs'), 'Mod+Shift+H'],
    [press('5', 'Digit5', 'c'), 'Mod+5'],
    [press('%', 'Digit5', 'cs'), 'Mod+Shift+5'],
    [press('ф', 'KeyA', 'c'), 'Mod+A'],
    [press('q', 'KeyA', 'c'), 'Mod+Q'], // AZERTY: what is printed on the key counts
    [press('ArrowUp', 'ArrowUp', 'ca'), 'Mod+Alt+Up'],
    [press(' ', 'Space', 'c'), 'Mod+Space'],
    [press('F9', 'F9', 'cs'), 'Mod+Shift+F9'],
    [press('?', 'Slash', 's'), '?'],
    [press('Control', 'ControlLeft', 'c'), null],
    [press('Dead', 'BracketLeft', 'c'), null],
    [press('h', 'KeyH', 'm'), null],
  ])('%j is %s', (pressed, chord) => {
    expect(chordOf(pressed, false)).toBe(chord);
  });

  it('can always be stored', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (key, code, modifiers) => {
        const chord = chordOf(press(key, code, modifiers), false);
        if (chord !== null) expect(chord).toMatch(chordPattern);
      }),
    );
  });
});

describe('keys that must not be shortcuts', () => {
  it.each([
    ['H', 'window', 'types-text'],
    ['Shift+H', 'window', 'types-text'],
    ['Space', 'window', 'types-text'],
    ['Mod+Alt+E', 'window', 'types-text'], // AltGr+E is €
    ['Alt+H', 'window', 'types-text'],
    ['Mod+C', 'window', 'reserved'],
    ['Mod+V', 'global', 'reserved'],
    ['Mod+H', 'global', 'too-plain'],
    ['F5', 'global', 'too-plain'],
    ['?', 'global', 'types-text'],
    ['?', 'window', null],
    ['Mod+H', 'window', null],
    ['F5', 'window', null],
    ['Mod+Shift+H', 'global', null],
    ['Mod+F9', 'global', null],
  ] as const)('%s in the %s: %s', (chord, scope, problem) => {
    expect(chordProblem(chord, scope)).toBe(problem);
  });

  it('are not among the defaults, which nobody has twice', () => {
    const problems = Object.values(defaultShortcuts).map(chord => chordProblem(chord, 'window'));
    const suggested = Object.values(suggestedGlobalShortcuts).map(chord => chordProblem(chord, 'global'));
    expect([...problems, ...suggested].filter(problem => problem !== null)).toEqual([]);
    const all = [...Object.values(defaultShortcuts), ...Object.values(suggestedGlobalShortcuts)];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the keys of the orders', () => {
  it('are the defaults until somebody chooses, and none when taken away', () => {
    const choices = { shortcuts: { mute: 'Mod+J', hold: null }, globalShortcuts: {} };
    expect([shortcutFor(choices, 'answer'), shortcutFor(choices, 'mute'), shortcutFor(choices, 'hold')]).toEqual([
      'Mod+Enter',
      'Mod+J',
      null,
    ]);
    expect([orderOf(choices, 'Mod+J'), orderOf(choices, 'Mod+M'), orderOf(choices, 'Mod+H')]).toEqual([
      'mute',
      null,
      null,
    ]);
  });

  it('are found to be in use in the window and in every program', () => {
    const choices = { shortcuts: {}, globalShortcuts: { hold: 'Mod+Shift+F12' } };
    expect(orderWithKey(choices, 'Mod+M', 'hold')).toBe('mute');
    expect(orderWithKey(choices, 'Mod+Shift+F12', 'mute')).toBe('hold');
    expect(orderWithKey(choices, 'Mod+Shift+F12', 'hold')).toBeNull();
    expect(orderWithKey(choices, 'Mod+J', 'mute')).toBeNull();
  });

  it('are all global ones orders of the window too', () => {
    expect(globalShortcutNames.filter(name => !shortcutNames.includes(name))).toEqual([]);
  });
});

describe('a chord elsewhere', () => {
  it('is written as Electron and as people read it', () => {
    expect(acceleratorOf('Mod+Shift+Enter')).toBe('CommandOrControl+Shift+Return');
    expect(keyCaps('Mod+Shift+H', false)).toEqual(['Ctrl', 'Shift', 'H']);
    expect(keyCaps('Mod+Shift+H', true)).toEqual(['⌘', '⇧', 'H']);
  });
});

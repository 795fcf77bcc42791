import { beforeEach, describe, expect, it } from 'vitest';
import { GlobalShortcuts } from '../../../../src-main/os/global-shortcuts';
import { linkIn } from '../../../../src-main/os/link-argument';
import { defaultSettings, type Settings } from '../../../../src-shared/settings/settings';
import { QuietLogger } from '../../../fakes/quiet-logger';

/** The system's keys: who has which. */
const foreign = new Set<string>();
const ours = new Map<string, () => void>();
let history: string[] = [];
let obeyed: string[] = [];
let told: (readonly string[])[] = [];
let shortcuts: GlobalShortcuts;

beforeEach(() => {
  foreign.clear();
  ours.clear();
  [history, obeyed, told] = [[], [], []];
  shortcuts = new GlobalShortcuts({
    port: {
      register(accelerator, callback) {
        history.push(`+${accelerator}`);
        if (accelerator.includes('F24')) throw new TypeError('conversion failure');
        if (foreign.has(accelerator) || ours.has(accelerator)) return false;
        ours.set(accelerator, callback);
        return true;
      },
      unregister(accelerator) {
        history.push(`-${accelerator}`);
        ours.delete(accelerator);
      },
    },
    log: new QuietLogger(),
    obey: name => obeyed.push(name),
  });
  shortcuts.changes.hear(taken => told.push(taken));
});

const withKeys = (globalShortcuts: Settings['globalShortcuts']): Settings => ({ ...defaultSettings, globalShortcuts });
const f = (number: number): string => `CommandOrControl+Shift+F${number}`;

describe('global shortcuts', () => {
  it('are none until somebody chooses one', () => {
    shortcuts.follow(defaultSettings, true);
    expect(history).toEqual([]);
  });

  it('are held only while somebody is signed in', () => {
    const settings = withKeys({ answer: 'Mod+Shift+F9' });
    shortcuts.follow(settings, false);
    expect(ours.size).toBe(0);
    shortcuts.follow(settings, true);
    ours.get(f(9))?.();
    expect(obeyed).toEqual(['answer']);
    shortcuts.follow(settings, false);
    expect(ours.size).toBe(0);
  });

  it('that another program has are told, and the others work', () => {
    foreign.add(f(9));
    shortcuts.follow(withKeys({ answer: 'Mod+Shift+F9', mute: 'Mod+Shift+F11' }), true);
    expect([shortcuts.taken, [...ours.keys()]]).toEqual([['answer'], [f(11)]]);
    foreign.clear();
    shortcuts.follow(withKeys({ answer: 'Mod+Shift+F10', mute: 'Mod+Shift+F11' }), true);
    expect([shortcuts.taken, told]).toEqual([[], [['answer'], []]]);
  });

  it('that stay are not let go for a moment', () => {
    shortcuts.follow(withKeys({ mute: 'Mod+Shift+F11' }), true);
    shortcuts.follow(withKeys({ mute: 'Mod+Shift+F11', hold: 'Mod+Shift+F12' }), true);
    expect(history).toEqual([`+${f(11)}`, `+${f(12)}`]);
  });

  it('change hands when two orders swap their keys', () => {
    shortcuts.follow(withKeys({ mute: 'Mod+Shift+F11', hold: 'Mod+Shift+F12' }), true);
    shortcuts.follow(withKeys({ mute: 'Mod+Shift+F12', hold: 'Mod+Shift+F11' }), true);
    ours.get(f(11))?.();
    expect([obeyed, shortcuts.taken]).toEqual([['hold'], []]);
  });

  it('never take a key that types, whatever the file says; what the system does not know is as good as taken', () => {
    shortcuts.follow(withKeys({ mute: 'H', hold: 'Mod+Alt+E', answer: 'Mod+F24' }), true);
    expect([ours.size, shortcuts.taken]).toEqual([0, ['answer']]);
  });
});

describe('the link in a command line', () => {
  it.each([
    [['app', '--', 'tel:1002'], 'tel:1002'],
    [['app', '--no-sandbox', '--', 'tel:1002'], 'tel:1002'],
    [['app', 'tel:1002'], null],
    [['app', '--inspect', 'tel:1002'], null],
    [['app', '--'], null],
    [['app'], null],
    [['app', '--', 'tel:1002', 'tel:1003'], 'tel:1002,tel:1003'],
    [['app', '--', '--inspect'], '--inspect'],
  ])('%j', (argv, link) => {
    expect(linkIn(argv)).toBe(link);
  });

  it('is cut where no honest one ends', () => {
    expect(linkIn(['app', '--', 'x'.repeat(1_000_000)])?.length).toBe(20_000);
  });
});

import type { Settings } from '../../src-shared/settings/settings';
import { acceleratorOf, chordProblem } from '../../src-shared/shortcuts/key-chord';
import { globalShortcutFor } from '../../src-shared/shortcuts/keymap';
import { globalShortcutNames, type GlobalShortcutName } from '../../src-shared/shortcuts/shortcut-names';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';

/** Electron's `globalShortcut`, as far as it is needed. `register` says false when another program has the key. */
export interface ShortcutPort {
  register(accelerator: string, callback: () => void): boolean;
  unregister(accelerator: string): void;
}

export interface GlobalShortcutsNeeds {
  readonly port: ShortcutPort;
  readonly log: Logger;
  readonly obey: (name: GlobalShortcutName) => void;
}

/** Keys that work in every program, while somebody is signed in. One that is taken is told and leaves the others working. */
export class GlobalShortcuts {
  readonly changes = new Announcer<readonly GlobalShortcutName[]>();
  #taken: readonly GlobalShortcutName[] = [];
  readonly #held = new Map<string, GlobalShortcutName>();

  constructor(private readonly needs: GlobalShortcutsNeeds) {}

  get taken(): readonly GlobalShortcutName[] {
    return this.#taken;
  }

  /** Makes the system's keys what the settings say. Keys that stay are not let go, so that nobody else gets them meanwhile. */
  follow(settings: Settings, isSignedIn: boolean): void {
    const wanted = new Map<string, GlobalShortcutName>();
    for (const name of isSignedIn ? globalShortcutNames : []) {
      const chord = globalShortcutFor(settings, name);
      if (chord !== null && chordProblem(chord, 'global') === null) wanted.set(acceleratorOf(chord), name);
    }
    for (const [accelerator, name] of this.#held)
      if (wanted.get(accelerator) !== name) {
        this.needs.port.unregister(accelerator);
        this.#held.delete(accelerator);
      }
    const taken = [...wanted].filter(each => !this.#hold(...each)).map(([, name]) => name);
    if (taken.join() === this.#taken.join()) return;
    this.#taken = taken;
    this.changes.announce(taken);
  }

  #hold(accelerator: string, name: GlobalShortcutName): boolean {
    if (this.#held.has(accelerator)) return true;
    try {
      if (!this.needs.port.register(accelerator, () => this.needs.obey(name))) {
        this.needs.log.warn(`global shortcut ${accelerator} is taken by another program`);
        return false;
      }
    } catch (error) {
      this.needs.log.warn(`global shortcut ${accelerator} not understood here: ${reasonOf(error)}`);
      return false;
    }
    this.#held.set(accelerator, name);
    return true;
  }
}

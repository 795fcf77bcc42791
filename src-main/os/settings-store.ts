import Store from 'electron-store';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, settings as settingsSchema, type Settings } from '../../src-shared/settings/settings';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';

/** What a person set. A file with rubbish in it is set aside, never a reason not to start; what is readable of it is kept. */
export class SettingsStore {
  readonly changes = new Announcer<Settings>();
  /** The file could not be used as it was; the old one lies beside it as `settings.json.unreadable`. */
  readonly wasReset: boolean;
  readonly #store: Store<Settings>;
  #value: Settings;

  constructor(
    folder: string,
    private readonly log: Logger,
  ) {
    const file = join(folder, 'settings.json');
    const found = readSettings(file);
    this.wasReset = !found.isSound;
    if (this.wasReset) {
      log.warn('settings file set aside: not readable as settings');
      renameSync(file, `${file}.unreadable`);
    }
    this.#value = found.value;
    this.#store = new Store<Settings>({ cwd: folder, name: 'settings', configFileMode: 0o600 });
    if (this.wasReset) this.#write();
  }

  get value(): Settings {
    return this.#value;
  }

  change(change: Partial<Settings>): Settings {
    this.#value = settingsSchema.parse({ ...this.#value, ...change });
    this.#write();
    this.changes.announce(this.#value);
    return this.#value;
  }

  /** A full or read-only disk must not stop a person from working: the choice holds until the app is closed. */
  #write(): void {
    try {
      this.#store.store = this.#value;
    } catch (error) {
      this.log.error(`settings not saved: ${reasonOf(error)}`);
    }
  }
}

function readSettings(file: string): { value: Settings; isSound: boolean } {
  if (!existsSync(file)) return { value: defaultSettings, isSound: true };
  const raw = parsed(readFileSync(file, 'utf8'));
  const whole = settingsSchema.safeParse(raw);
  if (whole.success) return { value: whole.data, isSound: true };
  const readable =
    typeof raw === 'object' && raw !== null ? Object.entries(raw).filter(([key, value]) => isReadable(key, value)) : [];
  return { value: settingsSchema.parse(Object.fromEntries(readable)), isSound: false };
}

function isReadable(key: string, value: unknown): boolean {
  const field = Object.entries(settingsSchema.shape).find(([name]) => name === key)?.[1];
  return field?.safeParse(value).success ?? false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

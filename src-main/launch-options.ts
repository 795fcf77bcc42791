import { isAbsolute, resolve } from 'node:path';
import type { Settings } from '../src-shared/settings/settings';

type Language = NonNullable<Settings['language']>;
/** Written out, not imported: this file is part of the entry, and the settings schema would bring zod into it. */
const languages = Object.keys({ en: true, fr: true } satisfies Record<Language, true>) as Language[];

/** What the person, a script or a test said when starting the app. Read here and nowhere else. */
export interface LaunchOptions {
  /** Own profile folder; null takes the system's place for it. */
  readonly userDataFolder: string | null;
  /** Goes into the address field of the sign-in screen; null leaves what is remembered. */
  readonly serverUrl: string | null;
  readonly language: Language | null;
  /** Write performance stamps to `marks.jsonl` in the profile folder. */
  readonly isBench: boolean;
  /** PEM file with the organisation's own certificate authorities, trusted besides the system's. */
  readonly caFile: string | null;
  /** Under Wayland a global shortcut is asked for at the desktop's portal; without it only our own windows would hear it. */
  readonly needsShortcutPortal: boolean;
  /** Chromium's sandbox is off; only for running as root inside a container. */
  readonly isWithoutSandbox: boolean;
}

const path = (value: string | undefined): string | null =>
  value ? (isAbsolute(value) ? value : resolve(value)) : null;

export function readLaunchOptions(environment: NodeJS.ProcessEnv, argv: readonly string[]): LaunchOptions {
  const language = languages.find(known => known === environment['SOFTPHONE_LANGUAGE']);
  return {
    userDataFolder: path(environment['SOFTPHONE_USER_DATA']),
    serverUrl: environment['SOFTPHONE_SERVER_URL'] || null,
    language: language ?? null,
    isBench: environment['SOFTPHONE_BENCH'] === '1',
    caFile: path(environment['SOFTPHONE_CA_FILE']),
    needsShortcutPortal: environment['XDG_SESSION_TYPE'] === 'wayland',
    isWithoutSandbox: argv.includes('--no-sandbox'),
  };
}

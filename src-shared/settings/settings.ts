import { z } from 'zod';
import { chordPattern } from '../shortcuts/key-chord';
import { globalShortcutNames, shortcutNames } from '../shortcuts/shortcut-names';

export const languages = ['en', 'fr'] as const;
export const themes = ['system', 'light', 'dark'] as const;
/** How many of the newest calls the dashboard may list (S322). */
export const recentCallCounts = [10, 20, 50, 100, 200] as const;
const recentCallCount = z.literal(recentCallCounts);

/** null takes a key away; what is missing keeps its default. */
const chord = z.string().regex(chordPattern).nullable();
const shortcuts = z.partialRecord(z.enum(shortcutNames), chord);
const globalShortcuts = z.partialRecord(z.enum(globalShortcutNames), chord);

const deviceId = z.string().max(256).nullable().default(null);

/** Everything a person may set, with its default: the only place a default is written. */
export const settings = z.object({
  /** Address of the central server, for example `https://phone.example.com`; empty before the first sign-in. */
  serverUrl: z.string().max(2048).default(''),
  /** Kept only when the person asked for it. The password never is. */
  rememberedIdentifier: z.string().max(254).default(''),
  language: z.enum(languages).nullable().default(null),
  theme: z.enum(themes).default('system'),
  /** null follows the system's default device. */
  microphoneId: deviceId,
  speakerId: deviceId,
  ringerId: deviceId,
  /** 0 to 1. */
  ringVolume: z.number().min(0).max(1).default(0.8),
  /** Name of a file in assets/sounds without its ending. */
  ringTone: z.enum(['classic', 'soft']).default('classic'),
  autoGainControl: z.boolean().default(true),
  noiseSuppression: z.boolean().default(true),
  echoCancellation: z.boolean().default(true),
  recentCallsShown: recentCallCount.default(20),
  /** Numbers of destinations that are shown first. */
  favouriteDestinations: z.array(z.string().max(64)).max(100).default([]),
  /** Keys somebody changed, in the window and in every program. */
  shortcuts: shortcuts.default({}),
  globalShortcuts: globalShortcuts.default({}),
  /** Server certificates somebody chose to trust by their SHA-256 fingerprint, one per host:port. */
  trustedCertificates: z.record(z.string().max(300), z.string().regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/)).default({}),
});
export type Settings = Readonly<z.infer<typeof settings>>;
export const defaultSettings: Settings = settings.parse({});
/** What the settings screen may change; the rest has its own ask. */
export const settingsChange = z
  .object({
    language: z.enum(languages).nullable(),
    theme: z.enum(themes),
    microphoneId: z.string().max(256).nullable(),
    speakerId: z.string().max(256).nullable(),
    ringerId: z.string().max(256).nullable(),
    ringVolume: z.number().min(0).max(1),
    ringTone: z.enum(['classic', 'soft']),
    autoGainControl: z.boolean(),
    noiseSuppression: z.boolean(),
    echoCancellation: z.boolean(),
    recentCallsShown: recentCallCount,
    favouriteDestinations: z.array(z.string().max(64)).max(100),
    shortcuts,
    globalShortcuts,
  })
  .partial();
export type SettingsChange = z.infer<typeof settingsChange>;

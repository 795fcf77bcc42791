import type { ScreenName } from '../../stores/view-store';

/** Points of help for each screen; each is a title and a text under `context-help.` in every language. A new screen does not compile without. */
export const contextHelp = {
  dashboard: ['dashboard.line', 'dashboard.state', 'dashboard.figures', 'dashboard.recent', 'dashboard.test-call'],
  calls: ['calls.search', 'calls.table', 'calls.copy', 'calls.story'],
  recordings: ['recordings.search', 'recordings.player', 'recordings.download', 'recordings.offline'],
  settings: ['settings.sound', 'settings.test', 'settings.keys', 'settings.window'],
} as const satisfies Record<ScreenName, readonly string[]>;

/** The phone stands beside every screen. */
export const phoneHelp = ['phone.dial', 'phone.answer', 'phone.in-call', 'phone.two-calls', 'phone.links'] as const;

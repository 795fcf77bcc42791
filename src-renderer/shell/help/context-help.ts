import type { ScreenName } from '../../stores/view-store';

/** Points of help for each screen; each is a title and a text under `context-help.` in every language. A new screen does not compile without. */
export const contextHelp = {
  dashboard: ['line', 'state', 'figures', 'recent', 'test-call'],
  calls: ['search', 'table', 'copy', 'story'],
  recordings: ['search', 'player', 'download', 'offline'],
  settings: ['sound', 'test', 'keys', 'window'],
} as const satisfies Record<ScreenName, readonly string[]>;

/** The phone stands beside every screen. */
export const phoneHelp = ['dial', 'answer', 'in-call', 'two-calls', 'links'] as const;

import { describe, expect, it } from 'vitest';
import type { ActionFacts } from '../../../src-renderer/actions/action-facts';
import { actions } from '../../../src-renderer/actions/actions';
import { fuzzyScore } from '../../../src-renderer/palette/fuzzy';
import { paletteEntries } from '../../../src-renderer/palette/palette-entries';
import type { Translate } from '../../../src-renderer/text/text';
import { signedOutStatus } from '../../../src-shared/agent/agent-state';
import type { RecentCall } from '../../../src-shared/server-api/rest-routes';
import { defaultSettings } from '../../../src-shared/settings/settings';
import { shortcutNames } from '../../../src-shared/shortcuts/shortcut-names';
import { aPolicy } from '../../builders/a-policy';
import { aCall } from '../../builders/a-call';

describe('the fuzzy search', () => {
  const best = (typed: string, texts: readonly string[]): string | undefined =>
    texts
      .map(text => ({ text, score: fuzzyScore(typed, text) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)[0]?.text;
  const texts = [
    'Hang up',
    'Hold',
    'Mute the microphone',
    'Dashboard',
    'Settings',
    'Language: Français',
    'Theme: Dark',
  ];

  it.each([
    ['hang', 'Hang up'],
    ['HU', 'Hang up'],
    ['mic', 'Mute the microphone'],
    ['francais', 'Language: Français'],
    ['dark', 'Theme: Dark'],
    ['td', 'Theme: Dark'],
    ['da', 'Dashboard'],
    ['sett', 'Settings'],
    ['zzz', undefined],
  ])('%s finds %s', (typed, text) => {
    expect(best(typed, texts)).toBe(text);
  });

  it('does not take letters strewn over a text for an answer', () => {
    expect(fuzzyScore('mrn', 'Mute the microphone')).toBe(0);
  });
});

const facts: ActionFacts = {
  calls: [],
  interactions: [],
  line: 'registered',
  status: { ...signedOutStatus(0), state: 'available' },
  policy: aPolicy(),
  settings: defaultSettings,
  window: { isCompact: false, isOnTop: false },
};
/** The key and what fills it, as a stand-in for the sentence. */
const t = ((key: string, params?: { readonly name?: string }): string => params?.name ?? key) as unknown as Translate;
const entries = (
  query: string,
  part: Partial<ActionFacts> = {},
  recentIds: readonly string[] = [],
): readonly string[] =>
  paletteEntries({
    query,
    facts: { ...facts, ...part },
    words: { t, language: 'en' },
    recentIds,
    recentCalls: [
      aRecentCall('+15145550142', 'Étienne Beaulieu'),
      aRecentCall('+15145550142', 'Étienne'),
      aRecentCall('', 'X'),
      aRecentCall('+3319900••••', 'Etienne of a hidden number'),
    ],
    formatNumber: number => number,
  }).map(({ id }) => id);

describe('what the palette offers', () => {
  it.each([
    ['1002', 'number'],
    ['call 1002', 'number'],
    ['appeler +33 1 45 55 01 42', 'number'],
    ['*43', 'number'],
  ])('%s can be called', (query, id) => {
    expect(entries(query)[0]).toBe(id);
  });

  it.each(['call bob', '*', '+', '1'.repeat(33), '12a', 'javascript:1'])('%s is no number', query => {
    expect(entries(query)).not.toContain('number');
  });

  it('calls nobody without a line or with two calls', () => {
    const two = [aCall({ id: 'a', state: 'active' }), aCall({ id: 'b', state: 'held', heldBy: ['agent'] })];
    expect(entries('1002', { line: 'reconnecting' })).toEqual([]);
    expect(entries('1002', { calls: two })).toEqual([]);
    expect(entries('etienne', { line: 'offline' })).toEqual([]);
  });

  it('finds each person of the recent calls once, by name without accents, and none whose number is hidden', () => {
    expect(entries('etienne')).toEqual(['person-+15145550142']);
  });

  it('offers only what can be done now', () => {
    const ids = entries('');
    expect(ids).toContain('pause');
    for (const id of ['answer', 'hang-up', 'mute', 'hold', 'keypad', 'palette']) expect(ids).not.toContain(id);
    const inCall = entries('', { calls: [aCall({ state: 'active' })] });
    expect(inCall).toEqual(expect.arrayContaining(['hang-up', 'mute', 'hold', 'keypad', 'sign-out']));
  });

  it('shows first what was used last', () => {
    expect(entries('', {}, ['theme-dark', 'screen-settings']).slice(0, 2)).toEqual(['theme-dark', 'screen-settings']);
  });

  it('knows every action by one id', () => {
    const ids = actions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(shortcutNames.filter(name => !actions.some(({ shortcut }) => shortcut === name))).toEqual([]);
  });
});

function aRecentCall(remoteNumber: string, remoteName: string): RecentCall {
  return {
    callId: remoteName,
    direction: 'inbound',
    remoteNumber,
    remoteName,
    queueName: null,
    startedAt: 1,
    answeredAt: null,
    endedAt: 2,
    endCause: null,
    missedCause: null,
    hasRecording: false,
  };
}

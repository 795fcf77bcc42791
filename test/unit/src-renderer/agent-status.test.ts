import { describe, expect, it } from 'vitest';
import { forcedChange } from '../../../src-renderer/agent-status/forced-change';
import { reasonWord, stateWord, type ReasonWords } from '../../../src-renderer/agent-status/reason-word';
import { stateMenu, wantedBy, type StateMenuParts } from '../../../src-renderer/agent-status/state-menu';
import type { Translate } from '../../../src-renderer/text/text';
import { type AgentStatus, signedOutStatus } from '../../../src-shared/agent/agent-state';
import { quickPauseReason } from '../../../src-shared/policy/quick-pause';
import { aPolicy } from '../../builders/a-policy';

/** The key and what fills it, as a stand-in for the sentence. */
const t = ((key: string, params: Readonly<Record<string, string>> = {}): string =>
  [key, ...Object.values(params)].join(' ')) as unknown as Translate;
const words = (language: 'en' | 'fr'): ReasonWords => ({ t, language, policy: aPolicy() });
const aStatus = (part: Partial<AgentStatus> = {}): AgentStatus => ({
  ...signedOutStatus(0),
  state: 'available',
  ...part,
});

describe('words of reasons', () => {
  it.each([
    ['lunch', 'fr', 'Déjeuner'],
    ['lunch', 'en', 'Lunch'],
    ['inventory', 'fr', 'Inventory'],
    ['device', 'fr', 'agent.reason-device'],
    ['sign-in', 'en', 'agent.reason-sign-in'],
    ['gone', 'en', 'gone'],
  ] as const)('%s in %s is %s', (id, language, word) => {
    expect(reasonWord(id, null, words(language))).toBe(word);
  });

  it('keeps the word of a reason that was taken off the list', () => {
    expect(reasonWord('gone', { en: 'Gone', fr: 'Parti' }, words('fr'))).toBe('Parti');
    expect(stateWord(aStatus({ state: 'on-break', reason: 'lunch' }), words('en'))).toBe(
      'actions.pair agent.on-break Lunch',
    );
  });

  it('a key takes "other", else the last reason, else none', () => {
    const [coffee, lunch] = aPolicy().pauseReasons;
    expect(quickPauseReason(aPolicy())).toBe('other');
    expect(quickPauseReason(aPolicy({ pauseReasons: [coffee, lunch].filter(each => each !== undefined) }))).toBe(
      'lunch',
    );
    expect([quickPauseReason(aPolicy({ pauseReasons: [] })), quickPauseReason(null)]).toEqual([null, null]);
  });
});

describe('what somebody else made of one’s state', () => {
  const anna = { displayName: 'Anna' };
  const paused = aStatus({ state: 'on-break', reason: 'lunch', changedBy: anna });
  const planned = aStatus({ state: 'on-call', nextBreak: 'lunch', changedBy: anna });
  it.each<[string, AgentStatus, AgentStatus, string | undefined]>([
    ['paused', aStatus(), paused, 'paused-by'],
    ['paused otherwise', paused, { ...paused, reason: 'coffee' }, 'paused-by'],
    ['planned', aStatus({ state: 'on-call' }), planned, 'break-planned-by'],
    ['made available', paused, aStatus({ changedBy: anna }), 'made-available-by'],
    ['told once', paused, { ...paused, queuePauses: [{ queueId: 'q', reason: 'lunch' }] }, undefined],
    ['the planned break begins', planned, paused, undefined],
    ['oneself', aStatus(), aStatus({ state: 'on-break', reason: 'lunch' }), undefined],
  ])('%s', (_what, before, after, toast) => {
    expect(forcedChange(before, after, words('en'))?.toast).toBe(toast);
  });

  it('is said with name and reason in the agent’s language', () => {
    expect(forcedChange(aStatus(), paused, words('fr'))?.params).toEqual({ name: 'Anna', reason: 'Déjeuner' });
  });
});

describe('the menu of states', () => {
  const queues = [
    { id: 'support', name: 'Support' },
    { id: 'sales', name: 'Sales' },
  ];
  const menu = (part: Partial<StateMenuParts> = {}) =>
    stateMenu({ status: aStatus(), queues, words: words('fr'), isDisabled: false, ...part });

  it('offers the reasons of the policy in the agent’s language, with the time of a timed one', () => {
    expect(menu()[1]?.entries.map(({ label }) => label)).toEqual([
      'agent.break-with-time Café 10',
      'agent.break-with-time Déjeuner 45',
      'Inventory',
      'Autre',
    ]);
  });

  it('has each queue one level down, and says which is paused and why', () => {
    const status = aStatus({ queuePauses: [{ queueId: 'sales', reason: 'lunch' }] });
    const [support, sales] = menu({ status })[2]?.entries ?? [];
    expect([support?.note, sales?.note]).toEqual([undefined, 'agent.queue-paused Déjeuner']);
    expect([support?.entries?.[0]?.isDisabled, sales?.entries?.[0]?.isDisabled]).toEqual([true, false]);
    expect(sales?.entries?.find(({ isChosen }) => isChosen)?.id).toBe('sales/lunch');
  });

  it('has no queues for who is in one, and no breaks before the policy is known', () => {
    expect(menu({ queues: queues.slice(1) }).map(({ id }) => id)).toEqual(['available', 'break']);
    expect(menu({ words: { ...words('en'), policy: null } })[1]?.id).toBe('queues');
  });

  it('can be read but not used while the server is gone', () => {
    const all = menu({ isDisabled: true }).flatMap(({ entries }) => entries);
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter(({ isDisabled }) => isDisabled !== true)).toEqual([]);
  });

  it.each([
    ['available', { to: 'available' }],
    ['break/lunch', { to: 'on-break', reason: 'lunch' }],
    ['sales/lunch', { to: 'queue-pause', queueId: 'sales', reason: 'lunch' }],
    ['sales/', { to: 'queue-pause', queueId: 'sales', reason: null }],
  ])('%s asks for it', (id, wanted) => {
    expect(wantedBy(id)).toEqual(wanted);
  });
});

import { Phone, type LucideIcon } from 'lucide-react';
import { parseDialString } from '../../src-shared/customers/phone-number';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import { shortcutFor } from '../../src-shared/shortcuts/keymap';
import type { ActionFacts, Words } from '../actions/action-facts';
import { actionsNow, type ActionGroup } from '../actions/actions';
import { mayDial } from '../actions/phone-actions';
import { dial } from '../phone/use-call-actions';
import { fuzzyScore } from './fuzzy';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** Beside the label: a number, a group. */
  readonly detail: string;
  readonly icon: LucideIcon;
  readonly chord: string | null;
  readonly group: ActionGroup | 'call';
  readonly run: () => void;
}

export interface PaletteInput {
  readonly query: string;
  readonly facts: ActionFacts;
  readonly words: Words;
  readonly recentIds: readonly string[];
  readonly recentCalls: readonly RecentCall[];
  readonly formatNumber: (number: string) => string;
}

/** As many as one looks through; whoever wants another types one more letter. */
const mostShown = 40;
const mostPeople = 30;

/** What the palette offers: a number to call, actions allowed now, people of the recent calls; the best answer first. */
export function paletteEntries(input: PaletteInput): readonly PaletteEntry[] {
  const { query, recentIds } = input;
  const all = [...actionEntries(input), ...(query.trim() === '' ? [] : peopleEntries(input))];
  const number = numberEntry(input);
  if (query.trim() === '') {
    const place = (id: string): number => (recentIds.includes(id) ? recentIds.indexOf(id) : recentIds.length);
    return all.toSorted((a, b) => place(a.id) - place(b.id)).slice(0, mostShown);
  }
  const scored = all
    .map(entry => ({ entry, score: scoreOf(query, entry) + (recentIds.includes(entry.id) ? 1 : 0) }))
    .filter(({ score }) => score > 1)
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
  return [...number, ...scored].slice(0, mostShown);
}

const scoreOf = (query: string, { label, detail }: PaletteEntry): number =>
  Math.max(fuzzyScore(query, label), fuzzyScore(query, detail) / 2);

function actionEntries({ facts, words }: PaletteInput): readonly PaletteEntry[] {
  return actionsNow(facts)
    .filter(action => action.id !== 'palette' && action.isAllowed(facts))
    .map(action => ({
      id: action.id,
      label: action.label(words, facts),
      detail: words.t(`palette.group-${action.group}`),
      icon: action.icon,
      chord: action.shortcut === null ? null : shortcutFor(facts.settings, action.shortcut),
      group: action.group,
      run: () => action.run(facts),
    }));
}

/** "call 1002", "appeler +33 1 …" or the number alone. */
function numberEntry({ query, facts, words, formatNumber }: PaletteInput): readonly PaletteEntry[] {
  const parsed = parseDialString(query.trim().replace(/^\p{L}+\s+(?=[\d+*#(])/u, ''));
  if (!parsed.ok || !/\d/.test(parsed.number) || !mayDial(facts)) return [];
  return [callEntry('number', parsed.number, words.t('palette.call', { name: formatNumber(parsed.number) }), '')];
}

function peopleEntries({ facts, words, recentCalls, formatNumber }: PaletteInput): readonly PaletteEntry[] {
  if (!mayDial(facts)) return [];
  const people = new Map<string, string>();
  for (const { remoteName, remoteNumber } of recentCalls)
    if (remoteName !== null && parseDialString(remoteNumber).ok && !people.has(remoteNumber))
      people.set(remoteNumber, remoteName);
  return [...people]
    .slice(0, mostPeople)
    .map(([number, name]) =>
      callEntry(`person-${number}`, number, words.t('palette.call', { name }), formatNumber(number)),
    );
}

const callEntry = (id: string, number: string, label: string, detail: string): PaletteEntry => ({
  id,
  label,
  detail,
  icon: Phone,
  chord: null,
  group: 'call',
  run: () => void dial(number),
});

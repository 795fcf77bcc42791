import type { Destination } from '../../../src-shared/destinations/destination';
import { mayBeSentTo } from '../../../src-shared/destinations/may-be-sent-to';
import { parseDialString } from '../../../src-shared/customers/phone-number';
import type { AgentPolicy } from '../../../src-shared/policy/agent-policy';
import type { Role } from '../../../src-shared/server-api/rest-routes';
import { fuzzyScore } from '../../palette/fuzzy';

export interface ChoiceFacts {
  readonly query: string;
  readonly destinations: readonly Destination[];
  /** Numbers, first of all. */
  readonly favourites: readonly string[];
  readonly own: { readonly extension: string; readonly role: Role };
  readonly policy: AgentPolicy | null;
  /** A queue is asked nothing: it only takes calls. */
  readonly isConsult: boolean;
}

/** A destination of the centre, or a number somebody typed. */
export type Choice = { readonly number: string; readonly known: Destination | null; readonly isFavourite: boolean };

const groupOrder: Readonly<Record<Destination['group'], number>> = {
  supervisors: 0,
  colleagues: 1,
  others: 2,
  queues: 3,
};
const stateOrder: Readonly<Record<Destination['state'], number>> = {
  free: 0,
  'wrap-up': 1,
  paused: 2,
  'on-call': 3,
  away: 4,
};

/** What answers to what is typed: favourites first, then supervisors, colleagues, others and queues, the free ones of each on top. Pure. */
export function destinationChoices(facts: ChoiceFacts): readonly Choice[] {
  const { query, destinations, favourites, own, policy, isConsult } = facts;
  const wanted = query.trim();
  const shown = destinations
    .filter(each => each.number !== own.extension && !(isConsult && each.group === 'queues'))
    .map(known => ({ known, number: known.number, isFavourite: favourites.includes(known.number) }))
    .map(choice => ({ choice, score: scoreOf(wanted, choice.known) }))
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0) || rank(a.choice) - rank(b.choice))
    .map(({ choice }) => choice);
  const typed = parseDialString(wanted);
  if (!typed.ok || shown.some(({ number }) => number === typed.number)) return shown;
  const mayUse = typed.number !== own.extension && mayBeSentTo(typed.number, { role: own.role, policy, destinations });
  return mayUse ? [...shown, { number: typed.number, known: null, isFavourite: false }] : shown;
}

/** The number as it begins, or any part of the name. */
function scoreOf(query: string, { number, name }: Destination): number | null {
  if (query === '') return 0;
  if (number.startsWith(query)) return number === query ? 1_000_000 : 100_000;
  const score = fuzzyScore(query, name);
  return score === 0 ? null : score;
}

const rank = ({ known, isFavourite }: Choice & { readonly known: Destination }): number =>
  (isFavourite ? 0 : 1000) + groupOrder[known.group] * 10 + stateOrder[known.state];

import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { JournalledCall, RecentCall } from '../../src-shared/server-api/rest-routes';
import { maskedNumber, shownParty } from '../../src-shared/customers/masked-number';

type Numbers = AgentPolicy['numbers'];
type Json = JournalledCall['events'][number]['detail'][string];

/** A line of "recent calls" as the policy lets its number be shown; between colleagues nothing is hidden. */
export function shownRecentCall<C extends RecentCall>(call: C, numbers: Numbers): C {
  if (numbers === 'full' || call.direction === 'internal') return call;
  const { number, name } = shownParty({ number: call.remoteNumber, name: call.remoteName }, numbers);
  return { ...call, remoteNumber: number, remoteName: name };
}

/** The same of a whole call: its legs and its history name everybody outside. @param isInside numbers of colleagues and queues */
export function shownJournalledCall(
  call: JournalledCall,
  numbers: Numbers,
  isInside: (number: string) => boolean,
): JournalledCall {
  if (numbers === 'full') return call;
  const isHidden = (number: string): boolean => !isInside(number);
  return {
    ...shownRecentCall(call, numbers),
    legs: call.legs.map(leg => (leg.extension === null ? { ...leg, number: maskedNumber(leg.number) } : leg)),
    events: call.events.map(event => ({ ...event, detail: hideIn(event.detail, isHidden) })),
  };
}

/** Wherever a `number` stands in a fact; the name beside it may be a number too. */
function hideIn(fact: Readonly<Record<string, Json>>, isHidden: (number: string) => boolean): Record<string, Json> {
  const parts: Record<string, Json> = {};
  for (const [key, part] of Object.entries(fact))
    parts[key] = typeof part === 'object' && part !== null && !Array.isArray(part) ? hideIn(part, isHidden) : part;
  const { number, name } = parts;
  if (typeof number !== 'string' || !isHidden(number)) return parts;
  const shown = shownParty({ number, name: typeof name === 'string' ? name : null }, 'masked');
  return { ...parts, number: shown.number, ...(name === undefined ? {} : { name: shown.name }) };
}

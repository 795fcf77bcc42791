import { being, type Situation, situationOf } from './situation';
import type { StoryCall, StoryEvent } from './story-input';
import { callAfter, type CallState, noCall } from './story-state';

export interface Link {
  readonly situation: Situation;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Less than anybody notices: engines tell what happens together one after the other. What has a name of its own stays, however short. */
const unnoticedMs = 250;
const mayBeUnnoticed: ReadonlySet<Situation['kind']> = new Set(['talk', 'hold', 'alone']);

/** The customer's situations one after the other. Pure. */
export function chainOf(call: StoryCall, customerId: string | null, consultations: readonly StoryCall[]): Link[] {
  const states = new Map<StoryCall, CallState>([call, ...consultations].map(each => [each, noCall]));
  const links: Link[] = [];
  for (const { source, event } of inTime([call, ...consultations])) {
    states.set(source, callAfter(states.get(source) ?? noCall, event));
    const running = consultations.flatMap(each => {
      const state = states.get(each);
      return state === undefined || state === noCall ? [] : [state];
    });
    follow(links, situationOf(states.get(call) ?? noCall, customerId, running), event.at);
  }
  return fromTheBeginning(withoutFlicker(links), call);
}

/** Until somebody rings or waits nothing is told; it belongs to what comes first. Who reached nobody had nothing but ringing. */
function fromTheBeginning(links: readonly Link[], { events }: StoryCall): Link[] {
  const [started] = events;
  const [first, ...others] = links;
  if (started === undefined) return [];
  if (first !== undefined) return [{ ...first, startedAt: started.at }, ...others];
  const endedAt = events.find(({ type }) => type === 'call-ended')?.at ?? null;
  const { to } = callAfter(noCall, started);
  return [{ situation: being('ringing', { parties: [to] }), startedAt: started.at, endedAt }];
}

interface Told {
  readonly source: StoryCall;
  readonly event: StoryEvent;
}
/** All facts by time; those of one call stay in the order of its journal. */
function inTime(calls: readonly StoryCall[]): Told[] {
  return calls
    .flatMap(source => {
      let latest = Number.NEGATIVE_INFINITY;
      return source.events.map(event => {
        latest = Math.max(latest, event.at);
        return { source, event, key: latest };
      });
    })
    .toSorted((one, other) => one.key - other.key);
}

function follow(links: Link[], situation: Situation | null, at: number): void {
  const last = links.at(-1);
  const isOpen = last !== undefined && last.endedAt === null;
  if (isOpen && situation !== null && isSame(last.situation, situation)) return;
  if (isOpen) links[links.length - 1] = { ...last, endedAt: Math.max(at, last.startedAt) };
  if (situation !== null) links.push({ situation, startedAt: Math.max(at, last?.startedAt ?? at), endedAt: null });
}

const isSame = (one: Situation, other: Situation): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What was before lasts until what comes after. */
function withoutFlicker(links: readonly Link[]): Link[] {
  const kept: Link[] = [];
  for (const link of links) {
    const { situation, startedAt, endedAt } = link;
    const last = kept.at(-1);
    const isUnnoticed = endedAt !== null && endedAt - startedAt < unnoticedMs && mayBeUnnoticed.has(situation.kind);
    if (last !== undefined && (isUnnoticed || isSame(last.situation, situation))) {
      kept[kept.length - 1] = { ...last, endedAt };
    } else kept.push(link);
  }
  return kept;
}

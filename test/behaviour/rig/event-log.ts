import type { Speaking, TelephonyEvent } from '../../../src-server/telephony/telephony';
import { until } from '../../telephony/sip-socket';

type Type = TelephonyEvent['type'];
export type EventOf<T extends Type> = Extract<TelephonyEvent, { type: T }>;

const callOf = (event: TelephonyEvent): string => ('callId' in event ? event.callId : '');
const legOf = (event: TelephonyEvent): string => ('legId' in event ? event.legId : '');
const transferOf = (event: TelephonyEvent): string => ('transferId' in event ? event.transferId : '');

/** Facts that begin something, and their ends: exactly one each, by this id. */
const pairs = [
  ['call-started', 'call-ended', callOf],
  ['leg-started', 'leg-ended', legOf],
  ['offered', 'offer-ended', legOf],
  ['queue-joined', 'queue-left', callOf],
  ['transfer-started', 'transfer-ended', transferOf],
  ['conference-started', 'conference-ended', callOf],
  ['recording-started', 'recording-finished', callOf],
] as const;

/** What an engine told, in order. */
export class EventLog {
  readonly events: TelephonyEvent[] = [];
  /** Who spoke in conferences, after every change. */
  readonly speaking: Speaking[] = [];

  of<T extends Type>(type: T, matches: (event: EventOf<T>) => boolean = () => true): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type && matches(event as EventOf<T>));
  }

  /** The first fact of this kind, waited for. */
  event<T extends Type>(
    type: T,
    matches: (event: EventOf<T>) => boolean = () => true,
    withinMs?: number,
  ): Promise<EventOf<T>> {
    return until(`event ${type}`, () => this.of(type, matches)[0], withinMs);
  }

  /** Resolves when this extension talks in this call and that was told: Asterisk tells it some moments after the first sound. */
  async joined(callId: string, extension: string): Promise<void> {
    await until(`${extension} talks in call ${callId}`, () =>
      this.of('leg-started', leg => leg.callId === callId && leg.extension === extension).some(
        ({ legId }) =>
          this.of('leg-answered', leg => leg.legId === legId).length >
          this.of('leg-ended', leg => leg.legId === legId).length,
      ),
    );
  }

  /** Types of the facts of calls, without those of lines. */
  get story(): Type[] {
    return this.events.map(({ type }) => type).filter(type => !type.startsWith('line-'));
  }

  /** The rules that hold for every stream of events, or for those of these calls; what breaks them, by name. */
  unbalanced(callIds?: readonly string[]): string[] {
    const ids = new Set(callIds);
    const events = this.events.filter(event => callIds === undefined || ids.has(callOf(event)));
    return [...this.withoutOneEnd(events), ...this.afterTheEnd(events)];
  }

  private withoutOneEnd(events: readonly TelephonyEvent[]): string[] {
    return pairs.flatMap(([start, end, id]) => {
      const [starts, ends] = [count(events, start, id), count(events, end, id)];
      const ids = new Set([...starts.keys(), ...ends.keys()]);
      return [...ids].filter(key => starts.get(key) !== ends.get(key)).map(key => `${start}/${end} ${key}`);
    });
  }

  /** `call-ended` is the last fact of its call. */
  private afterTheEnd(events: readonly TelephonyEvent[]): string[] {
    const ended = new Set<string>();
    return events.flatMap(event => {
      const callId = callOf(event);
      if (event.type === 'call-ended') ended.add(callId);
      else if (ended.has(callId)) return [`${event.type} after the end of ${callId}`];
      return [];
    });
  }
}

function count(
  events: readonly TelephonyEvent[],
  type: Type,
  id: (event: TelephonyEvent) => string,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) if (event.type === type) counts.set(id(event), (counts.get(id(event)) ?? 0) + 1);
  return counts;
}

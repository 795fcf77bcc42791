import type { QueueDefinition, TelephonyEvent } from '../../src-server/telephony/telephony';
import { until } from '../telephony/sip-socket';

export const aQueue = (over: Partial<QueueDefinition> = {}): QueueDefinition => ({
  id: 'support',
  name: 'Support',
  number: '800',
  ringTimeoutMs: 5000,
  wrapUpMs: 0,
  memberExtensions: ['1001', '1002'],
  ...over,
});

type Type = TelephonyEvent['type'];
type EventOf<T extends Type> = Extract<TelephonyEvent, { type: T }>;

/** What an engine told, in order. */
export class EventLog {
  readonly events: TelephonyEvent[] = [];

  of<T extends Type>(type: T, matches: (event: EventOf<T>) => boolean = () => true): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type && matches(event as EventOf<T>));
  }

  event<T extends Type>(
    type: T,
    matches: (event: EventOf<T>) => boolean = () => true,
    withinMs?: number,
  ): Promise<EventOf<T>> {
    return until(`event ${type}`, () => this.of(type, matches)[0], withinMs);
  }

  /** The rules that hold for every stream of events; what breaks them, by name. */
  unbalanced(): string[] {
    const count = (type: Type, id: (event: TelephonyEvent) => string): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const event of this.events) if (event.type === type) counts.set(id(event), (counts.get(id(event)) ?? 0) + 1);
      return counts;
    };
    const callOf = (event: TelephonyEvent): string => ('callId' in event ? event.callId : '');
    const legOf = (event: TelephonyEvent): string => ('legId' in event ? event.legId : '');
    const pairs = [
      ['call-started', 'call-ended', callOf],
      ['leg-started', 'leg-ended', legOf],
      ['offered', 'offer-ended', legOf],
      ['queue-joined', 'queue-left', callOf],
      ['recording-started', 'recording-finished', callOf],
    ] as const;
    return pairs.flatMap(([start, end, id]) => {
      const [starts, ends] = [count(start, id), count(end, id)];
      const ids = new Set([...starts.keys(), ...ends.keys()]);
      return [...ids].filter(key => starts.get(key) !== ends.get(key)).map(key => `${start}/${end} ${key}`);
    });
  }
}

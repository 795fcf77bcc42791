import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { Clock } from '../../src-shared/base/clock';
import type { Destination } from '../../src-shared/destinations/destination';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { AgentDirectory } from '../agents/agent-directory';
import type { Person } from '../database/person-table';
import type { TelephonyEvent } from '../telephony/telephony';

/** People look at the list while they choose: twice a second is live enough. */
const tellEveryMs = 500;
/** In a large centre at most a fifth of the time is spent on it. */
const longestTellEveryMs = 5_000;

export interface LiveDestinationsParts {
  readonly directory: AgentDirectory;
  readonly clock: Clock;
  readonly statusOf: (personId: string) => AgentStatus;
  readonly isReachable: (person: Person) => boolean;
  /** How many wait in a queue. */
  readonly waitingIn: (queueId: string) => number;
  /** Tells a person; of several the newest is enough. */
  readonly publish: (personId: string, event: LiveEvent) => void;
}

/** Where calls can be sent, with states as agents may know them; told to everybody who is signed in when it is otherwise. */
export class LiveDestinations {
  private cancel: (() => void) | null = null;
  private waitMs = tellEveryMs;
  private readonly told = new Map<string, string>();

  constructor(private readonly parts: LiveDestinationsParts) {}

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  /** To be called after the queues have heard the same. */
  hear(event: TelephonyEvent): void {
    if (event.type === 'queue-joined' || event.type === 'queue-left') this.mark();
  }

  /** Somebody's state or reachability is otherwise. */
  agentChanged(_person: Person): void {
    this.mark();
  }

  /** Queues, people or policy are otherwise. */
  everythingChanged(): void {
    this.mark();
  }

  private mark(): void {
    this.cancel ??= this.parts.clock.after(this.waitMs, () => this.tell());
  }

  stateFor(personId: string): LiveEvent[] {
    const person = this.parts.directory.person(personId);
    return person === undefined ? [] : [{ type: 'destinations', destinations: this.listFor(person) }];
  }

  /** As this person sees it; their own entry is in it, for the list is the same for all of a queue. */
  listFor(person: Person): Destination[] {
    return this.list(this.parts.directory.queueIdsOf(person.id));
  }

  private tell(): void {
    this.cancel = null;
    const { directory, statusOf, publish, clock } = this.parts;
    const startedAt = clock.monotonic();
    // Who is in the same queues is told the same object.
    const events = new Map<string, { readonly event: LiveEvent; readonly text: string }>();
    for (const person of directory.everybody()) {
      if (statusOf(person.id).state === 'signed-out') {
        this.told.delete(person.id);
        continue;
      }
      const queueIds = directory.queueIdsOf(person.id);
      const key = queueIds.join(' ');
      const known = events.get(key);
      const destinations = known === undefined ? this.list(queueIds) : [];
      const entry = known ?? { event: { type: 'destinations', destinations }, text: JSON.stringify(destinations) };
      events.set(key, entry);
      if (this.told.get(person.id) === entry.text) continue;
      this.told.set(person.id, entry.text);
      publish(person.id, entry.event);
    }
    this.waitMs = Math.min(longestTellEveryMs, Math.max(tellEveryMs, (clock.monotonic() - startedAt) * 5));
  }

  private list(ownQueueIds: readonly string[]): Destination[] {
    const { directory, statusOf, waitingIn } = this.parts;
    const people = directory.everybody().flatMap((person): Destination[] => {
      const { state } = statusOf(person.id);
      if (state === 'signed-out') return [];
      const isColleague = directory.queueIdsOf(person.id).some(id => ownQueueIds.includes(id));
      const group = person.role === 'supervisor' ? 'supervisors' : isColleague ? 'colleagues' : 'others';
      return [
        { number: person.extension, name: person.displayName, group, state: this.stateOf(person), waiting: null },
      ];
    });
    const queues = directory.queues().map(({ id, name, number }): Destination => {
      const waiting = waitingIn(id);
      return { number, name, group: 'queues', state: this.queueState(id), waiting };
    });
    return [...people, ...queues];
  }

  private stateOf(person: Person): Destination['state'] {
    if (!this.parts.isReachable(person)) return 'away';
    switch (this.parts.statusOf(person.id).state) {
      case 'available':
        return 'free';
      case 'on-break':
      case 'signed-out':
        return 'paused';
      case 'wrap-up':
        return 'wrap-up';
      case 'reserved':
      case 'on-call':
        return 'on-call';
    }
  }

  private queueState(queueId: string): Destination['state'] {
    const { directory, statusOf } = this.parts;
    const states = directory
      .everybody()
      .filter(({ id }) => directory.queueIdsOf(id).includes(queueId))
      .filter(({ id }) => !statusOf(id).queuePauses.some(pause => pause.queueId === queueId))
      .map(person => this.stateOf(person));
    if (states.includes('free')) return 'free';
    return states.includes('on-call') || states.includes('wrap-up') ? 'on-call' : 'paused';
  }
}

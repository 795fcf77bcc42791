import type { AgentEntry } from '../../src-shared/agent/agent-entry';
import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { TimedBreak } from '../../src-shared/agent/timed-break';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { Person } from '../database/person-table';
import type { Telephony } from '../telephony/telephony';
import type { AgentDirectory } from './agent-directory';

export interface AgentRosterParts {
  readonly directory: AgentDirectory;
  readonly telephony: Pick<Telephony, 'isRegistered'>;
  readonly statusOf: (personId: string) => AgentStatus;
  readonly isReachable: (person: Person) => boolean;
  readonly publish: (personId: string, event: LiveEvent) => void;
  readonly now: () => number;
}

/** Everybody's state as it is told: to themselves, and to those who lead them. */
export class AgentRoster {
  private toldBreaks = '[]';
  constructor(private readonly parts: AgentRosterParts) {}

  all(): AgentEntry[] {
    return this.parts.directory.everybody().map(person => this.entry(person));
  }

  entry(person: Person): AgentEntry {
    const { directory, statusOf, isReachable } = this.parts;
    const { id, displayName, role, extension } = person;
    const queueIds = [...directory.queueIdsOf(id)];
    return { id, displayName, role, extension, queueIds, status: statusOf(id), isReachable: isReachable(person) };
  }

  /** All that the live connection says of a person, as it is now. */
  stateFor(personId: string): LiveEvent[] {
    const person = this.parts.directory.person(personId);
    if (person === undefined) return [];
    const own: LiveEvent[] = [
      { type: 'agent.status', status: this.parts.statusOf(personId) },
      this.lineEvent(person, this.parts.now()),
    ];
    return person.role === 'agent' ? own : [...own, this.breaksFor(personId)];
  }

  stateChanged(person: Person, status: AgentStatus): void {
    this.parts.publish(person.id, { type: 'agent.status', status });
    this.tellLeaders(person);
  }

  lineChanged(person: Person, at: number): void {
    this.parts.publish(person.id, this.lineEvent(person, at));
    this.tellLeaders(person);
  }

  private tellLeaders(person: Person): void {
    const { directory, statusOf, publish } = this.parts;
    const breaks = JSON.stringify(this.timedBreaks());
    const areBreaksOthers = breaks !== this.toldBreaks;
    this.toldBreaks = breaks;
    const event: LiveEvent = { type: 'agents.changed', agent: this.entry(person) };
    for (const { id, role } of directory.everybody())
      if (role !== 'agent' && statusOf(id).state !== 'signed-out') {
        if (areBreaksOthers) publish(id, this.breaksFor(id));
        publish(id, event);
      }
  }

  /** Who leads is told of the others; their own is in their header. */
  private breaksFor(leaderId: string): LiveEvent {
    return { type: 'breaks.timed', breaks: this.timedBreaks().filter(({ personId }) => personId !== leaderId) };
  }

  private timedBreaks(): TimedBreak[] {
    return this.parts.directory.everybody().flatMap(({ id: personId, displayName }) => {
      const { state, reason, reasonText, breakUntil } = this.parts.statusOf(personId);
      if (state !== 'on-break' || reason === null || breakUntil === null) return [];
      return [{ personId, displayName, reason, reasonText, until: breakUntil }];
    });
  }

  private lineEvent(person: Person, at: number): LiveEvent {
    return { type: 'line.registration', isRegistered: this.parts.telephony.isRegistered(person.extension), at };
  }
}

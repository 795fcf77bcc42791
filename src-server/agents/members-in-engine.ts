import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { Clock } from '../../src-shared/base/clock';
import type { Person } from '../database/person-table';
import type { InTurn } from '../in-turn';
import type { ServerLog } from '../server-log';
import type { Telephony } from '../telephony/telephony';
import type { AgentDirectory } from './agent-directory';
import { MemberInEngine, type MemberPauses, pausesOf } from './member-in-engine';
import type { Retries } from './retries';

export interface MembersInEngineParts {
  readonly telephony: Pick<Telephony, 'setMemberPaused'>;
  readonly directory: Pick<AgentDirectory, 'queueIdsOf'>;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** Of whoever changes a state: the engine is never asked twice at once for one person. */
  readonly turns: InTurn;
  readonly retries: Retries;
  readonly statusOf: (personId: string) => AgentStatus;
  /** Talks in a call after which there will be work to be done. */
  readonly willOweWrapUp: (person: Person) => boolean;
}

/** Brings the engine what everybody's states mean for the queues. */
export class MembersInEngine {
  private readonly members = new Map<string, MemberInEngine>();
  /** Those of whom the engine is going to be told again. */
  private readonly toldLater = new Set<string>();

  constructor(private readonly parts: MembersInEngineParts) {}

  /** For who has the turn of this person. Rejects when the engine has not confirmed it. */
  bring(person: Person, status: AgentStatus): Promise<void> {
    const queueIds = this.parts.directory.queueIdsOf(person.id);
    return this.member(person).bring(person.extension, this.pauses(person, status), queueIds);
  }

  /** After a fact, or when the engine missed something: brings it what is so now, until it has it. */
  tell(person: Person): void {
    if (this.isUpToDate(person)) return;
    const { turns, log, statusOf } = this.parts;
    turns
      .do(person.id, () => this.bring(person, statusOf(person.id)))
      .catch((error: unknown) => {
        log.warn(`pausing ${person.extension}, again later: ${String(error)}`);
        this.tellLater(person);
      });
  }

  /** The engine has refused something; it may have lost what it had. */
  tellLater(person: Person): void {
    if (this.toldLater.has(person.id) || this.isUpToDate(person)) return;
    this.toldLater.add(person.id);
    this.parts.retries.later(() => {
      this.toldLater.delete(person.id);
      this.tell(person);
    });
  }

  /** Queues or members are others now: the engine is to be told of this one anew. */
  forget(person: Person): void {
    this.member(person).forget();
  }

  private isUpToDate(person: Person): boolean {
    return this.member(person).has(this.pauses(person, this.parts.statusOf(person.id)));
  }

  private pauses(person: Person, status: AgentStatus): MemberPauses {
    return pausesOf(status, status.state === 'on-call' && this.parts.willOweWrapUp(person));
  }

  private member({ id }: Person): MemberInEngine {
    const known = this.members.get(id);
    if (known !== undefined) return known;
    const member = new MemberInEngine(this.parts.telephony, this.parts.clock);
    this.members.set(id, member);
    return member;
  }
}

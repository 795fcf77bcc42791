import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { type Account, allAccounts, allPeople, type Person } from '../database/person-table';
import { allQueues, type Queue } from '../database/queue-table';
import type { ReadableDb } from '../database/tables';
import type { Extension, QueueDefinition, TelephonyDirectory } from '../telephony/telephony';

/** People and queues as of the last `reload`, in memory: the telephony engine asks for them in the middle of a SIP message. */
export class AgentDirectory implements TelephonyDirectory {
  private people: readonly Person[] = [];
  private queueList: readonly Queue[] = [];
  private accounts: readonly Account[] = [];

  /** To be called after every change of people or queues. */
  async reload(db: ReadableDb): Promise<void> {
    this.people = await allPeople(db);
    this.queueList = await allQueues(db);
    this.accounts = await allAccounts(db);
  }

  everybody(): readonly Person[] {
    return this.people;
  }

  person(personId: string): Person | undefined {
    return this.people.find(person => person.id === personId);
  }

  personAt(extension: string): Person | undefined {
    return this.people.find(person => person.extension === extension);
  }

  personNamed(identifier: string): Person | undefined {
    return this.people.find(person => person.identifier === identifier);
  }

  queueAt(number: string): Queue | undefined {
    return this.queueList.find(queue => queue.number === number);
  }

  /** Queues of which this person is a member. */
  queueIdsOf(personId: string): readonly string[] {
    return this.queueList.filter(queue => queue.memberIds.includes(personId)).map(({ id }) => id);
  }

  /** Those whom a supervisor leads: members of the queues that they are in; of who is in none, and of an administrator: everybody. */
  isLedBy(personId: string, leader: Person): boolean {
    if (leader.role === 'agent') return false;
    const queueIds = leader.role === 'administrator' ? [] : this.queueIdsOf(leader.id);
    return queueIds.length === 0 || this.queueIdsOf(personId).some(id => queueIds.includes(id));
  }

  membersOf(queueId: string): readonly string[] {
    return this.queueList.find(queue => queue.id === queueId)?.memberIds ?? [];
  }

  allAccounts(): readonly Account[] {
    return this.accounts;
  }

  account(accountId: string): Account | undefined {
    return this.accounts.find(account => account.id === accountId);
  }

  queueNameOf(queueId: string | null): string | null {
    return this.queueList.find(queue => queue.id === queueId)?.name ?? null;
  }

  /** Extensions of those for whom the claim holds. */
  extensionsAtWork(isAtWork: (personId: string) => boolean): ReadonlySet<string> {
    return new Set(this.people.filter(person => isAtWork(person.id)).map(person => person.extension));
  }

  profile(person: Person): AgentProfile {
    const account = this.accounts.find(candidate => candidate.id === person.accountId);
    if (account === undefined) throw new Error(`person ${person.id} has no account`);
    const { company, accountNumber, billingNumber } = account;
    return {
      id: person.id,
      identifier: person.identifier,
      displayName: person.displayName,
      role: person.role,
      extension: person.extension,
      extensionKind: person.deskPhone === null ? 'web' : 'sip',
      account: { company, accountNumber, billingNumber },
      queues: this.queueList.filter(queue => queue.memberIds.includes(person.id)).map(({ id, name }) => ({ id, name })),
    };
  }

  extensions(): readonly Extension[] {
    return this.people.map(({ extension, displayName, isRecorded, deskPhone }) => ({
      extension,
      displayName,
      isRecorded,
      deskPhone,
    }));
  }

  queues(): readonly QueueDefinition[] {
    return this.queueList.map(queue => ({
      id: queue.id,
      name: queue.name,
      number: queue.number,
      ringTimeoutMs: queue.ringTimeoutMs,
      wrapUpMs: queue.wrapUpMs,
      memberExtensions: queue.memberIds.flatMap(id => this.person(id)?.extension ?? []),
    }));
  }
}

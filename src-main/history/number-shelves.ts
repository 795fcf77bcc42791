import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import { reasonOf, type Logger } from '../base/logger';
import { forgetOldCalls, hasCallsOf } from '../cache/call-table';
import { forgetSpan, keptSpan } from '../cache/kept-span-table';
import type { CacheDb } from '../cache/open-cache';
import { beyondAll, forgetRemoved, removeBelow } from '../cache/search-table';
import { breath } from './in-turns';

type Numbers = AgentPolicy['numbers'];
interface NumberShelvesNeeds {
  readonly db: CacheDb;
  /** Whoever keeps something of the past goes on under this name; what is under way for the one before is thrown away. */
  readonly begin: (owner: string) => void;
  readonly log: Logger;
}

/**
 * Whole numbers and hidden ones are kept under two names of one person, so that what is still on its way under one policy never lands among
 * what was told under the other. As soon as the policy is known, what was kept under the other one is wiped.
 */
export class NumberShelves {
  #person: string | null = null;
  #numbers: Numbers = 'full';
  #wiping: Promise<void> = Promise.resolve();

  constructor(private readonly needs: NumberShelvesNeeds) {}

  /** The policy is not told yet: as it was the last time. */
  begin(person: string): void {
    this.#person = person;
    this.#numbers = this.#isAnythingOf(nameOf(person, 'masked')) ? 'masked' : 'full';
    this.needs.begin(nameOf(person, this.#numbers));
  }

  end(): void {
    this.#person = null;
  }

  policyTold(numbers: Numbers): void {
    const person = this.#person;
    if (person === null) return;
    if (numbers !== this.#numbers) {
      this.#numbers = numbers;
      this.needs.begin(nameOf(person, numbers));
    }
    const other = nameOf(person, numbers === 'full' ? 'masked' : 'full');
    if (this.#isAnythingOf(other)) this.#wiping = this.#wiping.then(() => this.#wipe(other));
  }

  /** Resolves when nothing is left of what must not be here. */
  wiped(): Promise<void> {
    return this.#wiping;
  }

  #isAnythingOf(owner: string): boolean {
    const { db } = this.needs;
    return (
      hasCallsOf(db, owner) || keptSpan(db, owner, 'records') !== null || keptSpan(db, owner, 'recordings') !== null
    );
  }

  async #wipe(owner: string): Promise<void> {
    const { db, log } = this.needs;
    try {
      forgetOldCalls(db, owner, 0);
      for (const table of ['call_records', 'recordings'] as const)
        while (removeBelow(db, table, owner, beyondAll) > 0) await breath();
      forgetRemoved(db);
      // Last: until then somebody who is interrupted begins anew.
      for (const kind of ['records', 'recordings'] as const) forgetSpan(db, owner, kind);
    } catch (error) {
      log.error(`what the policy hides is not wiped: ${reasonOf(error)}`);
    }
  }
}

const nameOf = (person: string, numbers: Numbers): string => (numbers === 'full' ? person : `${person} ${numbers}`);

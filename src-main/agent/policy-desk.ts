import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';

/** What the administrator has decided for the agents, as the centre told it last; null while nobody is signed in or nothing was told. */
export class PolicyDesk {
  readonly changes = new Announcer<AgentPolicy | null>();
  #policy: AgentPolicy | null = null;
  /** Rises with everything told: an answer that was overtaken is not taken. */
  #told = 0;

  constructor(
    private readonly fetch: () => Promise<AgentPolicy>,
    private readonly log: Logger,
  ) {}

  get policy(): AgentPolicy | null {
    return this.#policy;
  }

  /** Asks for it: at sign-in, and when something may have been missed. */
  async refresh(): Promise<void> {
    const before = this.#told;
    try {
      const policy = await this.fetch();
      if (this.#told === before) this.told(policy);
    } catch (error) {
      this.log.warn(`policy not fetched: ${reasonOf(error)}`);
    }
  }

  told(policy: AgentPolicy | null): void {
    this.#told += 1;
    this.#policy = policy;
    this.changes.announce(policy);
  }
}

import type { AgentPolicy, PauseReason } from '../../src-shared/policy/agent-policy';
import { readPolicy } from '../database/policy-table';
import type { ReadableDb } from '../database/tables';

/** The policy as of the last `reload`, in memory. */
export class PolicyDesk {
  private constructor(
    private readonly db: ReadableDb,
    private present: AgentPolicy,
  ) {}

  static async open(db: ReadableDb): Promise<PolicyDesk> {
    return new PolicyDesk(db, await readPolicy(db));
  }

  get policy(): AgentPolicy {
    return this.present;
  }

  /** A reason that may be chosen now. */
  reason(id: string): PauseReason | undefined {
    return this.present.pauseReasons.find(reason => reason.id === id);
  }

  /** To be called after every change of policy or queues. @returns whether anything is otherwise now */
  async reload(): Promise<boolean> {
    const before = JSON.stringify(this.present);
    this.present = await readPolicy(this.db);
    return JSON.stringify(this.present) !== before;
  }
}

import { type AgentStateEntry, appendAgentState } from '../database/agent-state-table';
import type { WritableDb } from '../database/tables';
import type { ServerLog } from '../server-log';

/** Writes down every change of availability, in order. */
export class AgentStateLog {
  private queue: Promise<void> = Promise.resolve();
  constructor(
    private readonly db: WritableDb,
    private readonly log: ServerLog,
  ) {}

  append(entry: AgentStateEntry): void {
    this.queue = this.queue
      .then(() => appendAgentState(this.db, entry))
      .catch((error: unknown) => this.log.error(`state of ${entry.personId} not written: ${String(error)}`));
  }

  /** Resolves when everything so far is written. */
  async settled(): Promise<void> {
    await this.queue;
  }
}

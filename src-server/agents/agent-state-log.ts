import type { Clock } from '../../src-shared/base/clock';
import { type AgentStateEntry, appendAgentState } from '../database/agent-state-table';
import type { WritableDb } from '../database/tables';
import { untilReachable } from '../database/until-reachable';
import type { ServerLog } from '../server-log';

/** Writes down every change of availability, in order. */
export class AgentStateLog {
  private queue: Promise<void> = Promise.resolve();
  constructor(private readonly parts: { readonly db: WritableDb; readonly clock: Clock; readonly log: ServerLog }) {}

  append(entry: AgentStateEntry): void {
    const { db, log } = this.parts;
    this.queue = this.queue
      .then(() => untilReachable(this.parts, 'states of agents', () => appendAgentState(db, entry)))
      .catch((error: unknown) => log.error(`state of ${entry.personId} not written: ${String(error)}`));
  }

  /** Resolves when everything so far is written. */
  async settled(): Promise<void> {
    await this.queue;
  }
}

import { type AgentStatus, agentStatus } from '../../src-shared/agent/agent-state';
import type { ReadableDb, WritableDb } from './tables';

export interface AgentStateEntry {
  readonly at: number;
  readonly personId: string;
  readonly status: AgentStatus;
  /** Somebody else who brought it about; their name is in the status. */
  readonly changedById: string | null;
}

export async function appendAgentState(db: WritableDb, entry: AgentStateEntry): Promise<void> {
  const { state, reason, reasonText, nextBreak, since, breakUntil, queuePauses, changedBy } = entry.status;
  await db
    .insertInto('agent_states')
    .values({
      person_id: entry.personId,
      at: entry.at,
      state,
      reason,
      reason_text: reasonText === null ? null : JSON.stringify(reasonText),
      next_break: nextBreak,
      since,
      break_until: breakUntil,
      queue_pauses: JSON.stringify(queuePauses),
      changed_by: changedBy?.displayName ?? null,
      changed_by_id: entry.changedById,
    })
    .execute();
}

/** The last state that was written of this person; null when there is none. */
export async function latestAgentState(db: ReadableDb, personId: string): Promise<AgentStatus | null> {
  const row = await db
    .selectFrom('agent_states')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return agentStatus.parse({
    state: row.state,
    reason: row.reason,
    reasonText: row.reason_text === null ? null : (JSON.parse(row.reason_text) as unknown),
    since: row.since,
    nextBreak: row.next_break,
    breakUntil: row.break_until,
    queuePauses: JSON.parse(row.queue_pauses) as unknown,
    changedBy: row.changed_by === null ? null : { displayName: row.changed_by },
  });
}

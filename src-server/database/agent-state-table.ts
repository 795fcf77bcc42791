import { type AgentStatus, agentStatus } from '../../src-shared/agent/agent-state';
import type { ReadableDb, WritableDb } from './tables';

export async function appendAgentState(db: WritableDb, personId: string, status: AgentStatus): Promise<void> {
  const { state, reason, nextBreak, since } = status;
  await db
    .insertInto('agent_states')
    .values({ person_id: personId, state, reason, next_break: nextBreak, since })
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
  return row === undefined
    ? null
    : agentStatus.parse({ state: row.state, reason: row.reason, since: row.since, nextBreak: row.next_break });
}

import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Who was in which state, since when and until when, why, and by whom: what times in a state are counted from. */
export const agentStateLog: Migration = {
  number: 110,
  name: 'agent-state-log',
  sql: `
    ALTER TABLE agent_states ADD COLUMN at INTEGER;
    UPDATE agent_states SET at = since;
    ALTER TABLE agent_states ADD COLUMN reason_text TEXT;
    ALTER TABLE agent_states ADD COLUMN break_until INTEGER;
    ALTER TABLE agent_states ADD COLUMN queue_pauses TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE agent_states ADD COLUMN changed_by TEXT;
    ALTER TABLE agent_states ADD COLUMN changed_by_id TEXT;
  `,
};

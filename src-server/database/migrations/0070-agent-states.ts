import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Everybody's availability, change by change: what a restart goes on from, and what times in a state are counted from. */
export const agentStates: Migration = {
  number: 70,
  name: 'agent-states',
  sql: `
    CREATE TABLE agent_states (
      id INTEGER PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      state TEXT NOT NULL,
      reason TEXT,
      next_break TEXT,
      since INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX agent_states_of_person ON agent_states (person_id, id);
  `,
};

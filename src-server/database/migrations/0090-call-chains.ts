import { inPostgres, type ServerMigration } from './in-postgres';

const columns = `
    ALTER TABLE calls ADD COLUMN waiting_since INTEGER;
    ALTER TABLE calls ADD COLUMN queue_wait_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE calls ADD COLUMN continued_in TEXT REFERENCES calls (id) ON DELETE SET NULL;
    CREATE INDEX calls_continued ON calls (continued_in) WHERE continued_in IS NOT NULL;
    ALTER TABLE legs ADD COLUMN queue_id TEXT;`;

/** A call may wait in a queue more than once, ring for several queues, and go on in another call. */
export const callChains: ServerMigration = {
  number: 90,
  name: 'call-chains',
  sql: `${columns}
    UPDATE calls SET queue_wait_ms = max(0, queue_left_at - queue_joined_at) WHERE queue_left_at IS NOT NULL;
    UPDATE calls SET waiting_since = queue_joined_at WHERE queue_joined_at IS NOT NULL AND queue_left_at IS NULL;
  `,
  postgres: inPostgres(columns),
};

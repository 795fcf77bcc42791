import { inPostgres, type ServerMigration } from './in-postgres';

const table = `
    CREATE TABLE offers (
      leg_id TEXT PRIMARY KEY REFERENCES legs (id) ON DELETE CASCADE,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      extension TEXT NOT NULL,
      person_id TEXT REFERENCES people (id) ON DELETE SET NULL,
      queue_id TEXT,
      offered_at INTEGER NOT NULL,
      ended_at INTEGER,
      outcome TEXT CHECK (outcome IN ('answered', 'caller-left', 'declined', 'ring-no-answer', 'answered-elsewhere', 'line-lost',
        'device', 'state-changed', 'system')),
      CHECK ((ended_at IS NULL) = (outcome IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX offers_of_call ON offers (call_id);
    CREATE INDEX offers_of_person ON offers (person_id, offered_at);`;

/**
 * Every ringing of an agent's phone and how it ended, by the nine outcomes of `offer-outcome.ts`. What the history already tells is taken
 * over: of old failures nobody knows whether the line was gone, so they are the system's.
 */
export const offers: ServerMigration = {
  number: 150,
  name: 'offers',
  sql: `${table}
    INSERT OR IGNORE INTO offers
      SELECT legs.id, legs.call_id, coalesce(legs.extension, legs.number), legs.person_id, legs.queue_id, began.at,
        CASE WHEN ended.at IS NOT NULL OR calls.ended_at IS NOT NULL THEN coalesce(ended.at, legs.ended_at, calls.ended_at) END,
        CASE
          WHEN ended.at IS NULL AND calls.ended_at IS NULL THEN NULL
          WHEN json_extract(ended.detail, '$.cause') IN ('answered', 'caller-left', 'declined', 'ring-no-answer', 'answered-elsewhere',
            'line-lost', 'device', 'state-changed') THEN json_extract(ended.detail, '$.cause')
          ELSE 'system'
        END
      FROM call_events AS began
      JOIN legs ON legs.id = began.leg_id
      JOIN calls ON calls.id = legs.call_id
      LEFT JOIN call_events AS ended
        ON ended.call_id = began.call_id AND ended.leg_id = began.leg_id AND ended.type = 'offer-ended'
      WHERE began.type = 'offered';
  `,
  postgres: inPostgres(table),
};

import { inPostgres, watched, type ServerMigration } from './in-postgres';

const tables = `
    CREATE TABLE centre_policy (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      idle_sign_out_ms INTEGER,
      warn_before_ms INTEGER NOT NULL,
      line_grace_ms INTEGER NOT NULL,
      numbers TEXT NOT NULL CHECK (numbers IN ('full', 'masked')),
      reorder_roles TEXT NOT NULL,
      longest_pushed_back_ms INTEGER NOT NULL
    ) STRICT;
    INSERT INTO centre_policy VALUES (1, 600000, 60000, 10000, 'full', '["supervisor","administrator"]', 600000);
    CREATE TABLE pause_reasons (
      id TEXT PRIMARY KEY,
      place INTEGER NOT NULL,
      text_en TEXT NOT NULL,
      text_fr TEXT,
      minutes INTEGER,
      is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))
    ) STRICT;
    INSERT INTO pause_reasons VALUES
      ('coffee', 0, 'Coffee', 'Café', 10, 1),
      ('lunch', 1, 'Lunch', 'Déjeuner', 45, 1),
      ('meeting', 2, 'Meeting', 'Réunion', NULL, 1),
      ('training', 3, 'Training', 'Formation', NULL, 1),
      ('other', 4, 'Other', 'Autre', NULL, 1);
    CREATE TABLE queue_policies (
      queue_id TEXT PRIMARY KEY REFERENCES queues (id) ON DELETE CASCADE,
      wrap_up_mode TEXT NOT NULL CHECK (wrap_up_mode IN ('none', 'automatic', 'extendable')),
      wrap_up_seconds INTEGER NOT NULL,
      extension_seconds INTEGER NOT NULL,
      extensions INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE dispositions (
      queue_id TEXT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
      id TEXT NOT NULL,
      place INTEGER NOT NULL,
      text_en TEXT NOT NULL,
      text_fr TEXT,
      is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
      PRIMARY KEY (queue_id, id)
    ) STRICT, WITHOUT ROWID;`;

/**
 * What the administrator decides for the agents. Reasons and dispositions are never deleted, only taken off the list: states and calls of
 * the past keep their words. A queue without a row has no wrap-up.
 */
export const policy: ServerMigration = {
  number: 100,
  name: 'policy',
  sql: tables,
  postgres: inPostgres(tables) + watched('centre_policy', 'pause_reasons', 'queue_policies', 'dispositions'),
};

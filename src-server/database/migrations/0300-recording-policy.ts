import { inPostgres, watched, type ServerMigration } from './in-postgres';

const tables = `
    ALTER TABLE centre_policy ADD COLUMN keep_recordings_days INTEGER DEFAULT 60;
    ALTER TABLE centre_policy ADD COLUMN recording_file_name TEXT NOT NULL DEFAULT '{date} {time} {number} {agent}';
    CREATE TABLE quality_criteria (
      id TEXT PRIMARY KEY,
      place INTEGER NOT NULL,
      text_en TEXT NOT NULL,
      text_fr TEXT,
      points INTEGER NOT NULL CHECK (points BETWEEN 1 AND 100),
      is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))
    ) STRICT;
    INSERT INTO quality_criteria VALUES
      ('greeting', 0, 'Greeting and name', 'Accueil et présentation', 10, 1),
      ('listening', 1, 'Listening and questions', 'Écoute et questions', 25, 1),
      ('solution', 2, 'Solution or next step', 'Solution ou étape suivante', 35, 1),
      ('courtesy', 3, 'Courtesy', 'Courtoisie', 15, 1),
      ('closing', 4, 'Summary and goodbye', 'Récapitulatif et prise de congé', 15, 1);`;

/** How long sound is kept, how downloads are called, and by what supervisors score. */
export const recordingPolicy: ServerMigration = {
  number: 300,
  name: 'recording-policy',
  sql: tables,
  postgres: inPostgres(tables) + watched('quality_criteria'),
};

import { existsSync } from 'node:fs';
import { databaseUrlIn } from './config';
import { databaseFile, openCentreDatabase } from './database/open-database';
import type { WritableDb } from './database/tables';

/** The database of a centre for a command beside the server; null: this folder has none, and no other is named in the environment. */
export async function commandDatabase(dataFolder: string): Promise<WritableDb | null> {
  const url = databaseUrlIn(process.env);
  if (url === null && !existsSync(databaseFile(dataFolder))) return null;
  return openCentreDatabase({ dataFolder, url });
}

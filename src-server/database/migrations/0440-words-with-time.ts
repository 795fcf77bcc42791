import type { ServerMigration } from './in-postgres';

const withTime = (table: string): string =>
  `UPDATE ${table} SET terms = terms || ('in==' || rowid / (16::bigint * 86400000 * 8))`;

/** PostgreSQL: each row's words have one of its sixteen days (`slotWord` in `search-postgres.ts`). SQLite finds rows in the order of time. */
export const wordsWithTime: ServerMigration = {
  number: 440,
  name: 'words-with-time',
  sql: '',
  postgres: `${withTime('call_record_terms')}; ${withTime('recording_terms')};`,
};

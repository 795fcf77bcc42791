import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** What was done to one thing is looked for when a listening is told of a second time. */
export const auditBySubject: Migration = {
  number: 430,
  name: 'audit-by-subject',
  sql: 'CREATE INDEX audit_entries_of_subject ON audit_entries (subject, action);',
};

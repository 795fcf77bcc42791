import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Why a call was missed, as the centre says it: the screen must not guess it from how the call ended. */
export const missedCause: Migration = {
  number: 80,
  name: 'missed-cause',
  sql: 'ALTER TABLE calls ADD COLUMN missed_cause TEXT;',
};

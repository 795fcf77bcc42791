import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Earlier calls with one number are looked up while a colleague is being asked about its owner. */
export const callsOfNumber: Migration = {
  number: 240,
  name: 'calls-of-number',
  sql: `
    CREATE INDEX legs_of_customer ON legs (number, started_at) WHERE role = 'customer';
  `,
};

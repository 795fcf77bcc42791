import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Who may send calls outside, and what a direct caller finds while the person talks. */
export const transfers: Migration = {
  number: 200,
  name: 'transfers',
  sql: `
    ALTER TABLE centre_policy ADD COLUMN transfer_outside_roles TEXT NOT NULL
      DEFAULT '["agent","supervisor","administrator"]';
    ALTER TABLE centre_policy ADD COLUMN second_call TEXT NOT NULL DEFAULT 'rings'
      CHECK (second_call IN ('rings', 'busy'));
  `,
};

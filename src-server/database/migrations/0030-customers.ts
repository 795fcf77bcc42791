import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** Whom we talk to; one customer may call from several numbers. */
export const customers: Migration = {
  number: 30,
  name: 'customers',
  sql: `
    CREATE TABLE customers (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      company TEXT,
      language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE customer_numbers (
      number TEXT NOT NULL,
      customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
      PRIMARY KEY (number, customer_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX customer_numbers_of_customer ON customer_numbers (customer_id);
  `,
};

import type { Migration } from '../../../src-shared/sqlite/run-migrations';

/** How far back records and recordings of a person are here without a gap, and from where on the server is to tell changes. */
export const keptSpans: Migration = {
  number: 86,
  name: 'kept spans',
  sql: `
    CREATE TABLE kept_spans (
      owner TEXT NOT NULL,
      kind TEXT NOT NULL,
      cursor TEXT NOT NULL,
      complete_from REAL NOT NULL,
      is_filled INTEGER NOT NULL,
      has_all INTEGER NOT NULL,
      PRIMARY KEY (owner, kind)
    ) STRICT, WITHOUT ROWID;
  `,
};

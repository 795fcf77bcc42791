import { sql } from 'kysely';
import { allOf, boundsOf, type Condition, inOrder, keyOf, type RowSearch } from './search-source';
import type { Match } from './search-terms';
import type { WritableDb } from './tables';

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;
const either = (parts: readonly string[], between: string): string => `(${parts.join(between)})`;

/** In the words of FTS5. */
export const ftsMatch = (match: Match): string =>
  match
    .map(choices =>
      either(
        choices.map(words => either(words.map(quoted), ' AND ')),
        ' OR ',
      ),
    )
    .join(' AND ');

export async function sqliteRows(db: WritableDb, search: RowSearch): Promise<readonly object[]> {
  return (await sql<object>`${sqliteFound(search)}`.execute(db)).rows;
}

/** The statement that finds rows by time. Tables are joined in the order written: the source leads. */
export function sqliteFound(search: RowSearch): Condition {
  const { list, source, conditions, limit } = search;
  const { table, terms } = list;
  const id = source.kind === 'words' ? sql`${terms}.rowid` : source.kind === 'other' ? sql`source.id` : sql`row.id`;
  const from = (): Condition => {
    switch (source.kind) {
      case 'all':
        return sql`${table} AS row NOT INDEXED`;
      case 'words':
        return sql`${terms} CROSS JOIN ${table} AS row ON row.id = ${terms}.rowid`;
      case 'index':
        return sql`${table} AS row INDEXED BY ${source.index}`;
      case 'other':
        return sql`${source.table} AS source CROSS JOIN ${table} AS row ON row.id = source.id`;
    }
  };
  const bounds = [
    ...(source.kind === 'words' ? [sql`${terms} MATCH ${ftsMatch(source.match)}`] : []),
    ...(source.kind === 'index' || source.kind === 'other' ? [source.condition] : []),
    ...boundsOf(id, search),
  ];
  return sql`SELECT row.*${keyOf(search)} FROM ${from()} WHERE ${allOf([...bounds, ...conditions])}
    ${inOrder(id, search)} LIMIT ${limit ?? -1}`;
}

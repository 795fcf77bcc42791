import { sql } from 'kysely';
import { idsPerMs } from './free-id';
import { allOf, boundsOf, type Condition, inOrder, keyOf, type RowSearch } from './search-source';
import type { Match } from './search-terms';
import type { WritableDb } from './tables';

const anyOf = (conditions: readonly Condition[]): Condition => sql`(${sql.join([...conditions], sql` OR `)})`;

/**
 * Words as arrays, for the GIN index.
 * @param slot in which of them; null: in all. One at a time: of two the planner may fetch what the words find of all times, and look at the slot
 *   of each row afterwards
 */
export const gin = (terms: Condition, match: Match, slot: number | null = null): Condition => {
  const has = (words: readonly string[]): Condition => sql`${terms}.terms @> ${[...words]}::text[]`;
  return allOf([...match.map(choices => anyOf(choices.map(has))), ...(slot === null ? [] : [has([slotWord(slot)])])]);
};

/** Each row has the word of its sixteen days: GIN gives what it finds of all times, and all of it had to be fetched. */
const slotIds = 16 * 86_400_000 * idsPerMs;
export const slotOf = (id: number): number => Math.floor(id / slotIds);
export const slotWord = (slot: number): string => `in==${slot}`;

/** So many of the newest rows are looked through first, and so many at most when they show that enough of them fit. */
const firstLook = 3_000;
const longestLook = 150_000;
/**
 * What it costs to fetch a row that GIN has found, in rows that are looked through: measured with ten million, of which what is found lies
 * anywhere and the newest are in memory.
 */
const fetchCost = 20;

/**
 * Rows by time. GIN gives what it finds in no order: all of it is fetched to find the newest. So what is frequent is found by looking
 * through the rows themselves; and how frequent it is the newest rows tell, nobody has to guess.
 */
export async function postgresRows(db: WritableDb, search: RowSearch): Promise<readonly object[]> {
  const { source, limit } = search;
  if (limit === null || source.kind === 'index' || source.kind === 'other') return found(db, search);
  const near = await lookThrough(db, search, firstLook);
  if (near.rest === null) return near.rows;
  // Of none in the first look nobody knows but that they are not many.
  const share = Math.max(near.rows.length, 0.5) / firstLook;
  const left = limit - near.rows.length;
  const toLookAt = Math.min(left / share, near.behind);
  const fetched = near.inSlots * share >= left ? near.inSlots : near.total;
  const toFetch = fetched * (near.withWords / firstLook) * fetchCost;
  if (source.kind === 'all' || toLookAt > toFetch) return [...near.rows, ...(await found(db, near.rest))];
  // Twice as far as should be enough.
  const further = await lookThrough(db, near.rest, Math.min(longestLook, Math.ceil(2 * toLookAt)), false);
  const rows = [...near.rows, ...further.rows];
  return further.rest === null ? rows : [...rows, ...(await found(db, further.rest))];
}

/** With words: in the nearest slots first, which have enough of what is not seldom. */
async function found(db: WritableDb, search: RowSearch): Promise<readonly object[]> {
  const { limit, isAscending, fromId, toId } = search;
  const execute = async (part: RowSearch, slot: number | null = null): Promise<readonly object[]> =>
    (await sql<object>`${postgresFound(part, slot)}`.execute(db)).rows;
  const start = isAscending ? fromId : toId;
  if (search.source.kind !== 'words' || limit === null || start === null) return execute(search);
  const slot = slotOf(start);
  const rows: object[] = [];
  for (const near of isAscending ? [slot, slot + 1] : [slot, slot - 1]) {
    rows.push(...(await execute({ ...search, limit: limit - rows.length }, near)));
    if (rows.length === limit) return rows;
  }
  const edge = (isAscending ? slot + 2 : slot - 1) * slotIds;
  const isAll = isAscending ? toId !== null && toId <= edge : fromId !== null && fromId >= edge;
  if (isAll) return rows;
  const behind = isAscending ? { fromId: edge } : { toId: edge };
  return [...rows, ...(await execute({ ...search, ...behind, place: null, limit: limit - rows.length }))];
}

interface Looked {
  readonly rows: readonly object[];
  /** The search for what lies behind; null: nothing is missing. */
  readonly rest: RowSearch | null;
  /** About so many rows are in the table, so many of those lie behind and in two slots, and so many of those looked at have the words. */
  readonly total: number;
  readonly behind: number;
  readonly inSlots: number;
  readonly withWords: number;
}
const nothingMissing = { rest: null, total: 0, behind: 0, inSlots: 0, withWords: 0 };

/** Looks at so many rows in the order of time. @param isCounting how many of them have the words, which takes as long as to look */
async function lookThrough(db: WritableDb, search: RowSearch, count: number, isCounting = true): Promise<Looked> {
  const { rows } = await sql<object>`${lookedThrough(search, count)}`.execute(db);
  const left = (search.limit ?? 0) - rows.length;
  if (left === 0) return { rows, ...nothingMissing };
  const meant = isCounting && search.source.kind === 'words' ? search.source.meant : [];
  const [start, edge] = search.isAscending
    ? [sql`min(row.id)`, sql`max(row.id)`]
    : [sql`max(row.id)`, sql`min(row.id)`];
  const about = await sql<{ looked: number; start: number; edge: number; withWords: number; total: number }>`
    SELECT count(*) AS looked, ${start} AS start, ${edge} AS edge,
      ${meant.length === 0 ? sql`0` : sql`count(*) FILTER (WHERE ${allOf(meant)})`} AS "withWords",
      (SELECT reltuples::bigint FROM pg_class WHERE oid = ${sql.lit(search.list.name)}::regclass) AS total
    FROM (${newest(search, count + 1)}) AS row`.execute(db);
  const [seen] = about.rows;
  if (seen === undefined || seen.looked <= count) return { rows, ...nothingMissing };
  const from = search.isAscending ? { fromId: seen.edge } : { toId: seen.edge + 1 };
  const withWords = meant.length === 0 ? rows.length : seen.withWords;
  const { total } = seen;
  return {
    rows,
    rest: { ...search, ...from, place: null, limit: left },
    total,
    behind: behindOf(search, seen),
    // One and a half on average.
    inSlots: Math.min(total, 1.5 * slotIds * rateOf(seen)),
    withWords,
  };
}

interface Seen {
  readonly looked: number;
  readonly start: number;
  readonly edge: number;
  readonly total: number;
}
/** Rows per id; ids are times. */
const rateOf = ({ looked, start, edge }: Seen): number => looked / Math.max(1, Math.abs(edge - start));

/** How many rows there are from the edge of a look to the end of the span, if as many come in the same time. */
function behindOf({ isAscending, fromId, toId }: RowSearch, seen: Seen): number {
  const end = isAscending ? toId : fromId;
  return end === null ? seen.total : rateOf(seen) * Math.abs(seen.edge - end);
}

function newest(search: RowSearch, count: number): Condition {
  const id = sql`each.id`;
  return sql`SELECT * FROM ${search.list.table} AS each WHERE ${allOf(boundsOf(id, search))}
    ${inOrder(id, search)} LIMIT ${count}`;
}

export const lookedThrough = (search: RowSearch, count: number): Condition =>
  sql`SELECT row.* FROM (${newest(search, count)}) AS row WHERE ${allOf(search.conditions)}
    ${inOrder(sql`row.id`, search)} LIMIT ${search.limit}`;

/**
 * The statement that finds rows by time. OFFSET 0 keeps the planner from turning it round: ids come from the source in their order, each
 * is looked up, and enough is enough.
 * @param slot in which words are looked for; null: in all
 */
export function postgresFound(search: RowSearch, slot: number | null = null): Condition {
  const { list, source, conditions, limit } = search;
  const fence = limit === null ? sql`` : sql`OFFSET 0`;
  const order = (id: Condition): Condition => (limit === null ? sql`` : inOrder(id, search));
  const end = limit === null ? sql`` : sql`LIMIT ${limit}`;
  const all = (id: Condition, more: readonly Condition[]): Condition => allOf([...more, ...boundsOf(id, search)]);
  if (source.kind === 'all')
    return sql`SELECT row.*${keyOf(search)} FROM ${list.table} AS row WHERE ${all(sql`row.id`, conditions)}
      ${order(sql`row.id`)} ${end}`;
  const ids = (): Condition => {
    switch (source.kind) {
      case 'words':
        return sql`SELECT words.rowid AS id FROM ${list.terms} AS words
          WHERE ${all(sql`words.rowid`, [gin(sql`words`, source.match, slot)])} ${order(sql`words.rowid`)} ${fence}`;
      case 'index':
        return sql`SELECT row.id FROM ${list.table} AS row
          WHERE ${all(sql`row.id`, [source.condition, ...conditions])} ${order(sql`row.id`)} ${fence}`;
      case 'other':
        return sql`SELECT source.id FROM ${source.table} AS source
          WHERE ${all(sql`source.id`, [source.condition])} ${order(sql`source.id`)} ${fence}`;
    }
  };
  return sql`SELECT row.*${keyOf(search)} FROM (${ids()}) AS found
    CROSS JOIN LATERAL (SELECT * FROM ${list.table} AS each WHERE each.id = found.id ${fence}) AS row
    WHERE ${source.kind === 'index' ? sql`true` : allOf(conditions)} ${order(sql`found.id`)} ${end}`;
}

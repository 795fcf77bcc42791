import { type RawBuilder, sql } from 'kysely';
import type { Match } from './search-terms';

export type Condition = RawBuilder<unknown>;

/** A table whose `id` is the order of time, and the index of its words. Its rows are called `row`. */
export interface SearchedList {
  readonly name: string;
  readonly table: Condition;
  readonly terms: Condition;
}
/** Where the rows come from that are looked at, newest or oldest first. */
export type Source =
  | { readonly kind: 'all' }
  /** What has these words; `meant` asks the same of a row, for who wants to know how many have them. */
  | { readonly kind: 'words'; readonly match: Match; readonly meant: readonly Condition[] }
  /** An index that begins with what `condition` fixes, and goes on with `id`. */
  | { readonly kind: 'index'; readonly index: Condition; readonly condition: Condition }
  /** Another table with `id` of this list, of which `condition` fixes what stands before. */
  | { readonly kind: 'other'; readonly table: Condition; readonly condition: Condition };

export interface Place {
  readonly id: number;
  readonly key: string | number | null;
}
/** Rows that are looked for by time: from a place on, so many of them. */
export interface RowSearch {
  readonly list: SearchedList;
  readonly source: Source;
  readonly conditions: readonly Condition[];
  /** The first id, and the first that is too late. */
  readonly fromId: number | null;
  readonly toId: number | null;
  readonly isAscending: boolean;
  readonly place: Place | null;
  /** Null: all of them, in any order. */
  readonly limit: number | null;
  /** Given beside each row, as `sort_key`. */
  readonly sortKey?: Condition;
}

export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` AND `);

/** What span and place ask of the order of time. */
export function boundsOf(id: Condition, { fromId, toId, place, isAscending }: RowSearch): Condition[] {
  return [
    ...(fromId === null ? [] : [sql`${id} >= ${fromId}`]),
    ...(toId === null ? [] : [sql`${id} < ${toId}`]),
    ...(place === null ? [] : [isAscending ? sql`${id} > ${place.id}` : sql`${id} < ${place.id}`]),
  ];
}

/** The order of time, and where it ends. */
export const inOrder = (id: Condition, { isAscending }: RowSearch): Condition =>
  sql`ORDER BY ${id} ${isAscending ? sql`ASC` : sql`DESC`}`;

export const keyOf = ({ sortKey }: RowSearch): Condition =>
  sortKey === undefined ? sql`` : sql`, ${sortKey} AS sort_key`;

import type { ReadableDb, WritableDb } from './open-cache';

export type KeptKind = 'records' | 'recordings';

/** What is here of one kind for one person. */
export interface KeptSpan {
  /** From here on the server tells changes. */
  readonly cursor: string;
  /** Nothing is missing from this moment on. */
  readonly completeFrom: number;
  /** As far back as wanted; false while it is still being fetched. */
  readonly isFilled: boolean;
  /** There is nothing older on the server. */
  readonly hasAll: boolean;
}

export function keptSpan(db: ReadableDb, owner: string, kind: KeptKind): KeptSpan | null {
  const row = db
    .prepare<[string, string], { cursor: string; complete_from: number; is_filled: number; has_all: number }>(
      'SELECT cursor, complete_from, is_filled, has_all FROM kept_spans WHERE owner = ? AND kind = ?',
    )
    .get(owner, kind);
  if (row === undefined) return null;
  return {
    cursor: row.cursor,
    completeFrom: row.complete_from,
    isFilled: row.is_filled === 1,
    hasAll: row.has_all === 1,
  };
}

export function keepSpan(db: WritableDb, owner: string, kind: KeptKind, span: KeptSpan): void {
  db.prepare(
    `INSERT INTO kept_spans VALUES (@owner, @kind, @cursor, @completeFrom, @isFilled, @hasAll)
      ON CONFLICT (owner, kind) DO UPDATE SET cursor = excluded.cursor, complete_from = excluded.complete_from,
        is_filled = excluded.is_filled, has_all = excluded.has_all`,
  ).run({ owner, kind, ...span, isFilled: span.isFilled ? 1 : 0, hasAll: span.hasAll ? 1 : 0 });
}

export function forgetSpan(db: WritableDb, owner: string, kind: KeptKind): void {
  db.prepare('DELETE FROM kept_spans WHERE owner = ? AND kind = ?').run(owner, kind);
}

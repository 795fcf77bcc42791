import { AppError } from '../../src-shared/errors/app-error';

/** As many as may be asked for at once. */
const atOnce = 200;

/**
 * Rows of a range, each once: a call that ends meanwhile moves the others on. They are asked for anew, for the window has only those in sight and
 * lets go of others. @throws AppError `not-found` when other searches were asked meanwhile
 */
export async function rowsBetween<T extends { readonly id: string }>(
  rowsFrom: (first: number, count: number) => Promise<readonly (T | null)[]>,
  first: number,
  last: number,
): Promise<readonly T[]> {
  const rows = new Map<string, T>();
  for (let start = first; start <= last; start += atOnce) {
    const some = await rowsFrom(start, Math.min(atOnce, last + 1 - start));
    if (some.length === 0) throw new AppError('not-found', 'another list by now');
    for (const row of some) if (row !== null) rows.set(row.id, row);
  }
  return [...rows.values()];
}

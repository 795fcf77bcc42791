/** Whatever else waits comes first. */
export const breath = (): Promise<void> => new Promise(done => setImmediate(done));

/** So many rows are put in some milliseconds, with their place in the index. */
const atOnce = 40;

/** Some at a time, with a breath between: a page of hundreds delays no call. Stops when nobody wants it any more. */
export async function inTurns<T>(
  rows: readonly T[],
  put: (some: readonly T[]) => void,
  isWanted: () => boolean,
): Promise<void> {
  for (let first = 0; first < rows.length && isWanted(); first += atOnce) {
    if (first > 0) await breath();
    if (isWanted()) put(rows.slice(first, first + atOnce));
  }
}

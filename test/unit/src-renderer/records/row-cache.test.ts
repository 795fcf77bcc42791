import { describe, expect, it } from 'vitest';
import { blockRows, RowCache } from '../../../../src-renderer/records/row-cache';
import type { FoundView } from '../../../../src-shared/ipc/record-search';

interface Row {
  readonly id: string;
  readonly name: string;
}
const rowsOf = (first: number, count: number, name = 'n'): Row[] =>
  Array.from({ length: count }, (_none, place) => ({ id: `r${first + place}`, name }));
const answer = (searchId: string, count: number, rows: readonly Row[]): FoundView<Row> => ({
  searchId,
  count,
  rows,
  isCounting: false,
  older: 'none',
  isOffline: false,
  durationMs: null,
});

describe('the rows of a list that are in the window', () => {
  it('asks for nothing that came with the answer', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 1000, rowsOf(0, blockRows)));
    expect(cache.missing(0, 30)).toEqual([]);
    expect(cache.missing(30, 70)).toEqual([blockRows]);
    expect(cache.missing(30, 70)).toEqual([]);
  });

  it('keeps what is in sight while the same question is asked again, and has it all told anew', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 1000, rowsOf(0, blockRows)), 'the last hour');
    cache.put('a', blockRows, rowsOf(blockRows, blockRows));
    cache.take(answer('b', 1000, rowsOf(0, blockRows)), 'the last hour');
    expect(cache.at(blockRows)).toEqual({ id: `r${blockRows}`, name: 'n' });
    expect(cache.missing(0, 70)).toEqual([blockRows]);
    cache.take(answer('c', 1000, rowsOf(0, blockRows)), 'any time');
    expect(cache.at(blockRows)).toBeUndefined();
  });

  it('asks for the first ones, too, when the answer brought fewer than there are', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 1000, rowsOf(0, 3)));
    expect(cache.missing(0, 30)).toEqual([0]);
  });

  it('keeps a row that is told again as it was, so that it is not drawn again', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 60, rowsOf(0, blockRows)));
    const before = [cache.at(0), cache.at(1)];
    cache.take(answer('a', 61, [{ id: 'r0', name: 'n' }, { id: 'r1', name: 'renamed' }, ...rowsOf(2, 48)]));
    expect(cache.at(0)).toBe(before[0]);
    expect(cache.at(1)).toEqual({ id: 'r1', name: 'renamed' });
    expect(cache.missing(0, 60)).toEqual([blockRows]);
  });

  it('has what is otherwise in a row while the list is as long as before', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 60, rowsOf(0, blockRows)));
    expect(cache.missing(0, 60)).toEqual([blockRows]);
    cache.take(answer('a', 60, [{ id: 'r0', name: 'scored' }, ...rowsOf(1, 49)]));
    expect(cache.at(0)).toEqual({ id: 'r0', name: 'scored' });
    expect(cache.missing(0, 60)).toEqual([blockRows]);
  });

  it('moves what is here on when others come in front of it, and says how far', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 100, rowsOf(0, blockRows)), 'any time');
    cache.put('a', blockRows, rowsOf(blockRows, blockRows));
    cache.take(answer('a', 102, [{ id: 'new1', name: 'n' }, { id: 'new0', name: 'n' }, ...rowsOf(0, 48)]), 'any time');
    expect([cache.moved, cache.at(0)?.id, cache.at(2)?.id, cache.at(72)?.id]).toEqual([2, 'new1', 'r0', 'r70']);
    cache.take(answer('b', 102, rowsOf(40, blockRows)), 'another question');
    expect([cache.moved, cache.at(72)]).toEqual([2, undefined]);
  });

  it('knows how far it moved also when it has let go of its first rows', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 9000, rowsOf(0, blockRows)), 'any time');
    for (let first = blockRows; first < 6000; first += blockRows) cache.put('a', first, rowsOf(first, blockRows));
    expect(cache.at(0)).toBeUndefined();
    cache.take(answer('a', 9001, [{ id: 'new', name: 'n' }, ...rowsOf(0, 49)]), 'any time');
    expect([cache.moved, cache.at(5951)?.id]).toEqual([1, 'r5950']);
  });

  it('is not moved by a row that goes to another place because it changed', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 60, rowsOf(0, blockRows)), 'by score');
    const [scored, ...others] = rowsOf(0, blockRows);
    cache.take(answer('a', 60, [...others.slice(0, 7), ...(scored ? [scored] : []), ...others.slice(7)]), 'by score');
    expect([cache.moved, cache.at(0)?.id, cache.at(7)?.id]).toEqual([0, 'r1', 'r0']);
  });

  it('has nothing of the list before, nor takes what comes late for it', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 200, rowsOf(0, blockRows)));
    cache.take(answer('b', 2, rowsOf(500, 2)));
    cache.put('a', 50, rowsOf(50, 50));
    expect([cache.at(0)?.id, cache.at(2), cache.at(50)]).toEqual(['r500', undefined, undefined]);
  });

  it('says of a row that is gone that it is gone', () => {
    const cache = new RowCache<Row>();
    cache.take(answer('a', 100, rowsOf(0, blockRows)));
    cache.put('a', 50, [...rowsOf(50, 1), null]);
    expect([cache.at(51), cache.at(52)]).toEqual([null, undefined]);
  });
});

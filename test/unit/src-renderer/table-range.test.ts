import { describe, expect, it } from 'vitest';
import { cellAfter, drawnRows, rowHeight, rowPlaces } from '../../../src-renderer/components/Table/table-range';

const height = 620;
const placesAt = (offset: number, count = 1_000_000): (number | null)[] => {
  const { first, until } = drawnRows(count, offset, height);
  return rowPlaces(first, until, height);
};

it('draws each row that is in sight once, wherever the list is', () => {
  for (const count of [0, 1, 7, 40, 1_000_000])
    for (let offset = 0; offset <= Math.min(count * rowHeight, 9000); offset += 13) {
      const { first, until } = drawnRows(count, offset, height);
      const drawn = rowPlaces(first, until, height).filter(index => index !== null);
      expect(drawn.toSorted((a, b) => a - b)).toEqual(Array.from({ length: until - first }, (_, n) => first + n));
    }
});

it('a row keeps its place while it is in sight, in both directions', () => {
  for (const step of [5, 40, 400, -5, -40, -400]) {
    let before = placesAt(100_000);
    for (let offset = 100_000; offset > 90_000 && offset < 110_000; offset += step) {
      const now = placesAt(offset);
      expect(now).toHaveLength(before.length);
      for (const [place, index] of now.entries())
        if (index !== null && before.includes(index)) expect(before[place]).toBe(index);
      before = now;
    }
  }
});

it('at the top the places are in the order of the rows', () => {
  const drawn = placesAt(0).filter(index => index !== null);
  expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
});

describe('where a key takes the keyboard', () => {
  const at = { row: 40, column: 2 };
  const size = { rows: 100, columns: 5, page: 20 };
  it.each([
    ['ArrowDown', { row: 41, column: 2 }],
    ['ArrowLeft', { row: 40, column: 1 }],
    ['PageUp', { row: 20, column: 2 }],
    ['PageDown', { row: 60, column: 2 }],
    ['Home', { row: 0, column: 2 }],
    ['End', { row: 99, column: 2 }],
    ['Control+Home', { row: 0, column: 0 }],
    ['Control+End', { row: 99, column: 4 }],
    ['Control+ArrowDown', null],
    ['a', null],
  ])('%s', (key, cell) => expect(cellAfter(key, at, size)).toEqual(cell));

  it('never out of the list', () => {
    expect(cellAfter('PageDown', { row: 95, column: 0 }, size)).toEqual({ row: 99, column: 0 });
    expect(cellAfter('ArrowLeft', { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
  });
});

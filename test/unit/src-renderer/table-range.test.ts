import { expect, it } from 'vitest';
import { drawnRows, rowHeight, rowPlaces } from '../../../src-renderer/components/Table/table-range';

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

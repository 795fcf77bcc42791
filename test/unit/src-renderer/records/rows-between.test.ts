import { expect, it } from 'vitest';
import { rowsBetween } from '../../../../src-renderer/records/rows-between';

interface Row {
  readonly id: string;
}
const listOf = (count: number): Row[] => Array.from({ length: count }, (_none, place) => ({ id: `r${place}` }));

it('a long range is all of it, asked for in parts', async () => {
  const list = listOf(12_000);
  const asked: number[] = [];
  const rows = await rowsBetween<Row>(
    async (first, count) => {
      asked.push(count);
      return list.slice(first, first + count);
    },
    1,
    10_000,
  );
  expect(rows).toEqual(list.slice(1, 10_001));
  expect(Math.max(...asked)).toBe(200); // no more may be asked for
});

it('a call that ends meanwhile is in front, and no row comes twice for it; what is gone is left out', async () => {
  const list: (Row | null)[] = listOf(400);
  list[10] = null;
  const rows = await rowsBetween<Row>(
    async (first, count) => {
      const some = list.slice(first, first + count);
      list.unshift({ id: 'new' });
      return some;
    },
    0,
    399,
  );
  expect([rows.length, new Set(rows.map(({ id }) => id)).size]).toEqual([398, 398]);
});

it('of a list that is another by now nothing is given instead of a part', async () => {
  const parts = [listOf(200), []];
  await expect(rowsBetween<Row>(async () => parts.shift() ?? [], 0, 299)).rejects.toMatchObject({ code: 'not-found' });
});

import { describe, expect, it } from 'vitest';
import { columnWidths } from '../../../src-renderer/components/Table/table-columns';

const widths = ['minmax(100px, 0.5fr)', 'minmax(120px, 2fr)', '80px', 'minmax(90px, 1fr)', '70px'];

describe('the columns of a table', () => {
  it('share what there is', () => {
    const { columns, leastPx, isWider } = columnWidths(widths, true, 528);
    expect([columns, leastPx, isWider]).toEqual([[...widths, '68px'].join(' '), 528, false]);
    expect(columnWidths(widths, false, 460)).toEqual({ columns: widths.join(' '), leastPx: 460, isWider: false });
  });

  it('go out of sight whole where there is less: the most elastic of those that stay takes what is left', () => {
    expect(columnWidths(widths, true, 400)).toEqual({
      columns: '100px 152px 80px 90px 70px 68px',
      leastPx: 560,
      isWider: true,
    });
    expect(columnWidths(widths, true, 150).columns).toBe('100px 120px 80px 90px 70px 68px');
    expect(columnWidths(widths, true, 368)).toMatchObject({ leastPx: 528, isWider: true });
  });

  it('are as they are asked for until the room is known', () => {
    expect(columnWidths(widths, true, 0)).toMatchObject({ leastPx: 528, isWider: false });
  });
});

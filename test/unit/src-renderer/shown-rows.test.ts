import { describe, expect, it } from 'vitest';
import { positionAt, rowAt, rowHeight, shownRows } from '../../../src-renderer/queues/shown-rows';

describe('the rows of a long list', () => {
  it('are few, whatever the length', () => {
    for (const scrollTop of [0, 1000 * rowHeight, 1994 * rowHeight]) {
      const { from, until } = shownRows(2000, scrollTop, 6 * rowHeight);
      expect(until - from).toBeLessThanOrEqual(20);
      expect(from).toBeLessThanOrEqual(scrollTop / rowHeight);
      expect(until).toBeGreaterThanOrEqual(Math.min(2000, scrollTop / rowHeight + 6));
    }
  });

  it('never go beyond the end, also when the list has become shorter', () => {
    expect(shownRows(3, 500 * rowHeight, 3 * rowHeight)).toEqual({ from: 3, until: 3 });
    expect(shownRows(0, 0, 0)).toEqual({ from: 0, until: 0 });
  });

  it.each([true, false])('and places know each other (next on top: %s)', isNextOnTop => {
    for (let row = 0; row < 5; row += 1) expect(rowAt(positionAt(row, 5, isNextOnTop), 5, isNextOnTop)).toBe(row);
    expect(positionAt(0, 5, isNextOnTop)).toBe(isNextOnTop ? 1 : 5);
  });
});

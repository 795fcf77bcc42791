import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../../src-server/demo/seeded-random';

const many = (seed: number): SeededRandom[] => Array.from({ length: 2000 }, () => new SeededRandom(seed));

describe('seeded numbers', () => {
  it('are the same for the same seed and others for another', () => {
    const row = (seed: number): number[] => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(row(1)).toEqual(row(1));
    expect(row(1)).not.toEqual(row(2));
    expect(row(1).every(number => number >= 0 && number < 1)).toBe(true);
    expect(new Set(row(1)).size).toBe(20);
  });

  it('reach both ends of a range', () => {
    const random = new SeededRandom(3);
    expect(new Set(many(3).map(() => random.between(1, 6)))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  it('keep the shares of a weighted choice', () => {
    const random = new SeededRandom(4);
    const often = many(4).filter(() => random.weighted({ often: 90, seldom: 10, never: 0 }) === 'often').length;
    expect(often / 2000).toBeGreaterThan(0.87);
    expect(often / 2000).toBeLessThan(0.93);
  });

  it('make ids in the form of a UUID, none twice', () => {
    const random = new SeededRandom(5);
    const ids = many(5).map(() => random.id());
    expect(new Set(ids).size).toBe(2000);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
  });
});

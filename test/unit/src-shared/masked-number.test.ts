import { describe, expect, it } from 'vitest';
import { hidesNumber, maskedNumber } from '../../../src-shared/customers/masked-number';

describe('a masked number', () => {
  it.each([
    ['+33199000000', '+3319900••••'],
    ['01 45 00 02 00', '01 45 00 •• ••'],
    ['1001', '10••'],
    ['17', '17'],
    ['anonymous', 'anonymous'],
    ['', ''],
  ])('%s is shown as %s', (number, shown) => expect(maskedNumber(number)).toBe(shown));

  it.each([
    ['Anna', true],
    ['Hotel 24', true],
    ['+33 1 99 00 00 00', false],
  ])('the name %s may be shown: %s', (name, isShown) => expect(hidesNumber(name)).toBe(isShown));
});

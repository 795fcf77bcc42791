import { describe, expect, it } from 'vitest';
import { byteRangeOf } from '../../../../src-shared/recordings/byte-range';

const part = (first: number, last: number) => ({ kind: 'part', first, last });
const whole = { kind: 'whole' };
const none = { kind: 'unsatisfiable' };

describe('a Range header against 100 bytes', () => {
  it.each([
    [undefined, whole],
    ['', whole],
    ['bytes=0-', part(0, 99)],
    ['bytes=0-0', part(0, 0)],
    ['bytes=99-', part(99, 99)],
    ['bytes=10-19', part(10, 19)],
    ['bytes=90-500', part(90, 99)],
    ['bytes=-1', part(99, 99)],
    ['bytes=-500', part(0, 99)],
    ['bytes=-0', none],
    ['bytes=100-', none],
    ['bytes=20-10', whole],
    ['bytes=-', whole],
    ['bytes=a-b', whole],
    ['bytes=0-1,5-6', whole],
    ['items=0-1', whole],
    [`bytes=${'9'.repeat(400)}-`, whole],
  ])('%s', (header, expected) => {
    expect(byteRangeOf(header, 100)).toEqual(expected);
  });

  it('finds nothing in an empty file', () => {
    expect(byteRangeOf('bytes=0-', 0)).toEqual(none);
    expect(byteRangeOf('bytes=-5', 0)).toEqual(none);
    expect(byteRangeOf(undefined, 0)).toEqual(whole);
  });
});

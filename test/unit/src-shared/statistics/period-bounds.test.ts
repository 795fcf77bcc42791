import { describe, expect, it } from 'vitest';
import { isTimeZone, periodBounds } from '../../../../src-shared/statistics/period-bounds';

const at = (text: string): number => Date.parse(text);

describe('the bounds of a period', () => {
  it.each([
    ['today', '2026-11-20T12:00:00Z', 'Europe/Paris', '2026-11-19T23:00:00Z', '2026-11-20T23:00:00Z'],
    ['yesterday', '2026-11-20T23:30:00Z', 'Europe/Paris', '2026-11-19T23:00:00Z', '2026-11-20T23:00:00Z'],
    // 25 hours: clocks go back on 25 October 2026.
    ['today', '2026-10-25T12:00:00Z', 'Europe/Paris', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    // 23 hours: clocks go forward on 29 March 2026.
    ['yesterday', '2026-03-30T12:00:00Z', 'Europe/Paris', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['month', '2026-10-31T12:00:00Z', 'Europe/Paris', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'],
    ['month', '2026-01-01T02:00:00Z', 'America/Montreal', '2025-12-01T05:00:00Z', '2026-01-01T05:00:00Z'],
    ['today', '2026-06-01T00:00:00Z', 'Pacific/Kiritimati', '2026-05-31T10:00:00Z', '2026-06-01T10:00:00Z'],
    // Midnight does not exist: Cairo goes from 00:00 to 01:00 on 24 April 2026.
    ['today', '2026-04-24T12:00:00Z', 'Africa/Cairo', '2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
  ] as const)('%s at %s in %s is from %s to %s', (...[period, now, timeZone, from, until]) => {
    const bounds = periodBounds(period, at(now), timeZone);
    expect([new Date(bounds.from), new Date(bounds.until)]).toEqual([new Date(from), new Date(until)]);
  });

  it('know a time zone from something else', () => {
    expect(['Europe/Paris', 'UTC', 'Nowhere/Land', "'; DROP", ''].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

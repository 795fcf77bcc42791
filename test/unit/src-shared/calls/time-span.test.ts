import { describe, expect, it } from 'vitest';
import { rangeBounds, spanBounds, timeSpans } from '../../../../src-shared/calls/time-span';

const zone = 'Europe/Paris';
const at = (text: string): number => Date.parse(text);
const hours = (bounds: { from: number; to: number } | null): number =>
  bounds === null ? Number.NaN : (bounds.to - bounds.from) / 3_600_000;
const until = (now: string, { from }: { from: number }) => ({ from, to: at(now) });

describe('a span that ends now', () => {
  it('is so many hours, also in the nights in which clocks change', () => {
    for (const now of ['2026-03-29T04:30:00Z', '2026-10-25T04:30:00Z', '2026-11-28T12:00:00Z'])
      expect(timeSpans.slice(0, 4).map(span => hours(until(now, spanBounds(span, at(now), zone))))).toEqual([
        1, 3, 6, 12,
      ]);
  });

  it.each([
    ['the short night', '2026-03-29T10:00:00Z', '2026-03-28T23:00:00Z'],
    ['the long night', '2026-10-25T10:00:00Z', '2026-10-24T22:00:00Z'],
    ['any other', '2026-07-14T10:00:00Z', '2026-07-13T22:00:00Z'],
  ])('or begins at midnight: %s', (_name, now, midnight) => {
    expect(spanBounds('since-midnight', at(now), zone).from).toBe(at(midnight));
  });

  it('has no end: what comes next is in it, also by a clock that goes before ours', () => {
    for (const span of timeSpans) expect(spanBounds(span, at('2026-11-28T12:00:00Z'), zone)).not.toHaveProperty('to');
  });
});

describe('a range typed by hand', () => {
  const day = (date: string, from = '00:00', to = '23:59') =>
    rangeBounds({ date, time: from }, { date, time: to }, zone);

  it('is a whole day of 24, 23 or 25 hours', () => {
    expect(['2026-07-14', '2026-03-29', '2026-10-25'].map(date => hours(day(date)))).toEqual([24, 23, 25]);
  });

  it('of the hour that the long night has twice has both', () => {
    expect(day('2026-10-25', '02:00', '02:59')).toEqual({
      from: at('2026-10-25T00:00:00Z'),
      to: at('2026-10-25T02:00:00Z'),
    });
    expect(day('2026-10-25', '02:30', '02:30')).toEqual({
      from: at('2026-10-25T00:30:00Z'),
      to: at('2026-10-25T01:31:00Z'),
    });
  });

  it('in the hour that the short night does not have begins and ends where clocks went on', () => {
    expect(day('2026-03-29', '02:30', '04:00')?.from).toBe(at('2026-03-29T01:00:00Z'));
    expect(day('2026-03-29', '01:00', '02:30')).toEqual({
      from: at('2026-03-29T00:00:00Z'),
      to: at('2026-03-29T01:00:00Z'),
    });
    expect(day('2026-03-29', '02:10', '02:50')).toBeNull();
  });

  it('lasts at least its minute, in half-hour zones too', () => {
    const minute = { date: '2026-07-14', time: '12:00' };
    expect(rangeBounds(minute, minute, 'Asia/Kolkata')).toEqual({
      from: at('2026-07-14T06:30:00Z'),
      to: at('2026-07-14T06:31:00Z'),
    });
  });

  it.each([
    ['2026-02-30', '10:00'],
    ['2026-13-01', '10:00'],
    ['14/07/2026', '10:00'],
    ['2026-07-14', '24:00'],
    ['2026-07-14', ''],
  ])('is none with %s %s', (date, time) => {
    expect(rangeBounds({ date, time }, { date: '2026-12-31', time: '00:00' }, zone)).toBeNull();
  });

  it('is none when its end comes first', () => {
    expect(day('2026-07-14', '10:00', '09:00')).toBeNull();
  });
});

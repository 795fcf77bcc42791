import { z } from 'zod';
import { periodBounds } from '../statistics/period-bounds';

/** The time spans of the list (S018-S022); `last-hour` is what is chosen first (S024). A range of its own is read by `rangeBounds` (S023). */
export const timeSpans = ['last-hour', 'last-3-hours', 'last-6-hours', 'last-12-hours', 'since-midnight'] as const;
export const timeSpan = z.enum(timeSpans);
export type TimeSpan = z.infer<typeof timeSpan>;

/** From here on, and before `to`; without it, to whatever comes. */
export interface Bounds {
  readonly from: number;
  readonly to?: number;
}
/** As people read a calendar and a clock: `2026-03-29` and `02:30`. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}
const hourMs = 3_600_000;
const minuteMs = 60_000;
const hoursOf = { 'last-hour': 1, 'last-3-hours': 3, 'last-6-hours': 6, 'last-12-hours': 12 } as const;

/**
 * Hours are hours, whatever the clocks do in between; midnight is where the day of the time zone began. It has no end: what begins after `now` is in it,
 * and so is what began by the clock of a server that goes before ours.
 */
export function spanBounds(span: TimeSpan, now: number, timeZone: string): Bounds {
  return {
    from: span === 'since-midnight' ? periodBounds('today', now, timeZone).from : now - hoursOf[span] * hourMs,
  };
}

/**
 * A range typed by hand, its last minute included. An hour that a night has twice is in it twice; one that it does not have begins where
 * the clocks went on. Null when a date or time is none, or the end comes before the beginning.
 */
export function rangeBounds(start: WallTime, end: WallTime, timeZone: string): Required<Bounds> | null {
  const from = momentsOf(start, timeZone);
  const to = momentsOf(end, timeZone);
  if (from === null || to === null || to.last + minuteMs <= from.first) return null;
  return { from: from.first, to: to.last + minuteMs };
}

/** The first and the last moment at which clocks show this; of a time that they skip, the moment of the skip. */
function momentsOf({ date, time }: WallTime, timeZone: string): { first: number; last: number } | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const wanted = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wanted) || new Date(wanted).toISOString().slice(0, 10) !== date) return null;
  const before = offsetAt(wanted - 24 * hourMs, timeZone);
  const after = offsetAt(wanted + 24 * hourMs, timeZone);
  const shown = [wanted - before, wanted - after].filter(moment => offsetAt(moment, timeZone) === wanted - moment);
  if (shown.length > 0) return { first: Math.min(...shown), last: Math.max(...shown) };
  let [early, late] = [wanted - Math.max(before, after), wanted - Math.min(before, after)];
  while (late - early > minuteMs) {
    const middle = Math.floor((early + late) / 2 / minuteMs) * minuteMs;
    if (offsetAt(middle, timeZone) === before) early = middle;
    else late = middle;
  }
  return { first: late, last: late - minuteMs };
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** What clocks there show, less UTC, in ms. */
function offsetAt(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(timeZone, format);
  const parts = format.formatToParts(at);
  const figure = (type: string): number => Number(parts.find(part => part.type === type)?.value);
  const shown = Date.UTC(
    figure('year'),
    figure('month') - 1,
    figure('day'),
    figure('hour'),
    figure('minute'),
    figure('second'),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

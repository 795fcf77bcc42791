import type { Period } from './definitions';

export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

interface Day {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
}
const hourMs = 3_600_000;
const minuteMs = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', ...parts });
  formats.set(timeZone, format);
  return format;
}

function dayAt(at: number, timeZone: string): Day {
  const parts = formatOf(timeZone).formatToParts(at);
  const figure = (type: 'year' | 'month' | 'day'): number => Number(parts.find(part => part.type === type)?.value);
  return { year: figure('year'), month: figure('month'), day: figure('day') };
}

const orderOf = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day);

/** The first moment of a day: not always midnight, and days are not always 24 hours. */
function startOf(day: Day, timeZone: string): number {
  const wanted = orderOf(day);
  // No place on earth is further from UTC.
  let before = (wanted - 15 * hourMs) / minuteMs;
  let inside = (wanted + 15 * hourMs) / minuteMs;
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (orderOf(dayAt(middle * minuteMs, timeZone)) >= wanted) inside = middle;
    else before = middle;
  }
  return inside * minuteMs;
}

const shifted = ({ year, month, day }: Day, days: number): Day => {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** From the first moment of a period to just before `until`, as the person's calendar has it. */
export function periodBounds(period: Period, now: number, timeZone: string): { from: number; until: number } {
  const today = dayAt(now, timeZone);
  const tomorrow = startOf(shifted(today, 1), timeZone);
  switch (period) {
    case 'today':
      return { from: startOf(today, timeZone), until: tomorrow };
    case 'yesterday':
      return { from: startOf(shifted(today, -1), timeZone), until: startOf(today, timeZone) };
    case 'month':
      return { from: startOf({ ...today, day: 1 }, timeZone), until: tomorrow };
  }
}

import type { Language } from './text';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A running or finished time as `MM:SS`, from an hour on `H:MM:SS`. Never negative: clocks of two machines differ. */
export function formatClock(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A finished time as `HH:MM:SS`, for columns and sums. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
}

/** Which of the last days a moment falls on, in local time. */
export function dayOf(at: number, now: number): 'today' | 'yesterday' | 'earlier' {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return 'today';
  const before = new Date(midnight);
  before.setDate(before.getDate() - 1);
  return at >= before.getTime() ? 'yesterday' : 'earlier';
}

/** Making a format costs a hundred times more than using it: one each for as long as the window lives. */
function kept(options: Intl.DateTimeFormatOptions): (language: Language) => Intl.DateTimeFormat {
  const formats = new Map<Language, Intl.DateTimeFormat>();
  return language => {
    const format = formats.get(language) ?? new Intl.DateTimeFormat(language, options);
    formats.set(language, format);
    return format;
  };
}
const timeOfDay = kept({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayAndMonth = kept({ day: 'numeric', month: 'short' });
const dayMonthAndYear = kept({ day: '2-digit', month: '2-digit', year: '2-digit' });

/** Hour and minute as the language writes them. */
export const formatTimeOfDay = (at: number, language: Language): string => timeOfDay(language).format(at);

/** Day and month as the language writes them, in figures with the year when it is another than now. */
export function formatDay(at: number, language: Language, now = Date.now()): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? dayAndMonth : dayMonthAndYear)(language).format(at);
}

/** A figure with a fixed number of decimals as the language writes it. */
export function formatDecimal(value: number, decimals: number, language: Language): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(
    value,
  );
}

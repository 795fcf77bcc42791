import type { Language } from './text';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A running or finished time as `MM:SS`, from an hour on `H:MM:SS`. Never negative: clocks of two machines differ. */
export function formatClock(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Which of the last days a moment falls on, in local time. */
export function dayOf(at: number, now: number): 'today' | 'yesterday' | 'earlier' {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return 'today';
  const before = new Date(midnight);
  before.setDate(before.getDate() - 1);
  return at >= before.getTime() ? 'yesterday' : 'earlier';
}

/** Hour and minute as the language writes them. */
export function formatTimeOfDay(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** Day and month as the language writes them. */
export function formatDay(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }).format(at);
}

/** A figure with a fixed number of decimals as the language writes it. */
export function formatDecimal(value: number, decimals: number, language: Language): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(
    value,
  );
}

import { someFigures } from '../builders/some-figures';

/** A working day to be looked at. */
export const missedToday = { id: 'not-answered' as const, period: 'today' as const, value: 3, of: 17 };
export const busyDay = someFigures({
  'yesterday.offered': 24,
  'yesterday.answered': 22,
  'yesterday.not-answered': 2,
  'month.offered': 413,
  'month.answered': 337,
  'month.not-answered': 76,
  'month.calls': 512,
  'month.average-call': 254_000,
  'month.average-ring': 5_200,
  'today.offered': 17,
  'today.answered': 14,
  'today.not-answered': 3,
  'today.missed.caller-left': 2,
  'today.missed.ring-no-answer': 1,
  'today.calls': 21,
  'today.calls.inbound': 14,
  'today.calls.outbound': 6,
  'today.calls.internal': 1,
  'today.talk': 5_122_000,
  'today.hold': 311_000,
  'today.wrap-up': 840_000,
  'today.average-handling': 322_000,
});

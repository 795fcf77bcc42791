import { z } from 'zod';
import { type MissedCause, missedCauses, type OfferOutcome, offerOutcome } from '../call/offer-outcome';

export const periods = ['today', 'yesterday', 'month'] as const;
/** Days of the person's own time zone; `month` is the current one, today included. */
export const period = z.enum(periods);
export type Period = z.infer<typeof period>;

/**
 * Which of a person's calls a figure looks at. A call counts once, whatever it did at this person's phone, in the period in which it
 * first came there.
 *
 * | offered | a queue let it ring at my phone; its outcome is `answered` if I took it, otherwise how the last ringing ended       |
 * | talked  | I talked in it, whoever called whom                                                                                  |
 * | handled | a queue's call that I talked in and that is over for me                                                              |
 */
export type CallSet =
  | { readonly of: 'offered'; readonly outcomes: readonly OfferOutcome[] }
  | { readonly of: 'talked'; readonly directions: readonly ('inbound' | 'outbound' | 'internal')[] }
  | { readonly of: 'handled' };

export interface FigureDefinition {
  /** `calls`: how many; `time`: the sum over them, ms; `average`: the mean of them, ms. */
  readonly unit: 'calls' | 'time' | 'average';
  readonly calls: CallSet;
  /** What is added up. Talk is without hold; ring is the last ringing at my phone. */
  readonly sums: readonly ('ring' | 'talk' | 'hold' | 'wrap-up')[];
  /** The figure of which this is a part: the rate is value / of. Times name how many calls they are of. */
  readonly partOf: FigureId | null;
}

export const figureIds = [
  'offered',
  'answered',
  'not-answered',
  ...missedCauses.map(cause => `missed.${cause}` as const),
  'calls',
  'calls.inbound',
  'calls.outbound',
  'calls.internal',
  'talk',
  'hold',
  'wrap-up',
  'average-call',
  'average-handling',
  'average-ring',
] as const;
export type FigureId =
  | 'offered'
  | 'answered'
  | 'not-answered'
  | `missed.${MissedCause}`
  | 'calls'
  | `calls.${'inbound' | 'outbound' | 'internal'}`
  | 'talk'
  | 'hold'
  | 'wrap-up'
  | 'average-call'
  | 'average-handling'
  | 'average-ring';
export const figureId = z.enum(figureIds);

const everyDirection = ['inbound', 'outbound', 'internal'] as const;
const offered = (outcomes: readonly OfferOutcome[], partOf: FigureId | null): FigureDefinition => ({
  unit: 'calls',
  calls: { of: 'offered', outcomes },
  sums: [],
  partOf,
});
const talked = (directions: readonly (typeof everyDirection)[number][], partOf: FigureId | null): FigureDefinition => ({
  unit: 'calls',
  calls: { of: 'talked', directions },
  sums: [],
  partOf,
});
const timeOf = (...sums: FigureDefinition['sums']): FigureDefinition => ({
  unit: 'time',
  calls: { of: 'talked', directions: everyDirection },
  sums,
  partOf: null,
});

/** Every figure of an agent, in one place for server, screen and help. */
export const figureDefinitions: Readonly<Record<FigureId, FigureDefinition>> = {
  offered: offered(offerOutcome.options, null),
  answered: offered(['answered'], 'offered'),
  'not-answered': offered(missedCauses, 'offered'),
  ...(Object.fromEntries(missedCauses.map(cause => [`missed.${cause}`, offered([cause], 'not-answered')])) as Record<
    `missed.${MissedCause}`,
    FigureDefinition
  >),
  calls: talked(everyDirection, null),
  'calls.inbound': talked(['inbound'], 'calls'),
  'calls.outbound': talked(['outbound'], 'calls'),
  'calls.internal': talked(['internal'], 'calls'),
  talk: timeOf('talk'),
  hold: timeOf('hold'),
  'wrap-up': timeOf('wrap-up'),
  'average-call': { ...timeOf('talk', 'hold'), unit: 'average' },
  'average-handling': { unit: 'average', calls: { of: 'handled' }, sums: ['talk', 'hold', 'wrap-up'], partOf: null },
  'average-ring': { ...offered(['answered'], null), unit: 'average', sums: ['ring'] },
};

export const figure = z.object({
  id: figureId,
  period,
  /** Calls, or ms; null for an average of nothing. */
  value: z.number().nullable(),
  /** How many calls it is a part of, or is made of; null for a count that is part of nothing. */
  of: z.number().nullable(),
});
export type Figure = Readonly<z.infer<typeof figure>>;

export const findFigure = (figures: readonly Figure[], id: FigureId, of: Period): Figure | undefined =>
  figures.find(each => each.id === id && each.period === of);

/** The value as a part of what it is part of, 0 to 1; null when it is part of nothing, or of none. */
export const shareOf = ({ id, value, of }: Figure): number | null =>
  figureDefinitions[id].partOf === null || value === null || of === null || of === 0 ? null : value / of;

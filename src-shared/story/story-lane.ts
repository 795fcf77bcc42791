import { z } from 'zod';
import { type Story, storyParty, stretchKind, transferOutcome } from './story';

/**
 * One mark beside a recording's waveform. Times in ms from the recording's beginning, within it.
 *
 * | kind                                     | what it marks                                                              |
 * | those of a stretch                       | where the customer was, from `atMs` to `toMs`                              |
 * | wait-before                              | the wait that was over when the recording began; `waitMs` long; at 0       |
 * | mute                                     | `party` could not be heard                                                 |
 * | paused                                   | silence was written on purpose                                             |
 * | joined, left                             | `party` came, or went, at `atMs`                                           |
 * | key                                      | `party` pressed a key; which one nobody keeps                              |
 */
export const laneMark = z.object({
  kind: z.enum([...stretchKind.options, 'wait-before', 'mute', 'paused', 'joined', 'left', 'key']),
  atMs: z.number(),
  /** null for a moment. */
  toMs: z.number().nullable(),
  party: storyParty.nullable(),
  by: storyParty.nullable(),
  queueName: z.string().nullable(),
  transfer: z.object({ kind: z.enum(['blind', 'attended']), outcome: transferOutcome.nullable() }).nullable(),
  /** Set for `wait-before`. */
  waitMs: z.number().nullable(),
});
export type LaneMark = Readonly<z.infer<typeof laneMark>>;

interface Recording {
  readonly id: string;
  readonly startedAt: number;
  readonly durationMs: number;
}

const nothing = { toMs: null, party: null, by: null, queueName: null, transfer: null, waitMs: null };

/** The story as marks beside one recording of it, in order of time. Pure. */
export function storyLane(story: Story, recording: Recording): LaneMark[] {
  const { id, startedAt: zero, durationMs } = recording;
  const within = (at: number): number => Math.min(durationMs, Math.max(0, at - zero));
  const touches = (span: { startedAt: number; endedAt: number | null }): boolean =>
    span.startedAt - zero < durationMs && (span.endedAt === null || span.endedAt > zero);
  const isDuring = (at: number): boolean => at >= zero && at - zero <= durationMs;
  const stretches = story.stretches
    .filter(stretch => touches(stretch) || (stretch.kind === 'transfer' && isDuring(stretch.startedAt)))
    .map(stretch => ({
      ...nothing,
      kind: stretch.kind,
      atMs: within(stretch.startedAt),
      toMs: stretch.endedAt === null ? durationMs : within(stretch.endedAt),
      party: stretch.parties.at(-1) ?? null,
      by: stretch.by,
      queueName: stretch.queueName,
      transfer: stretch.transfer,
    }));
  const spans = [
    ...story.mutes.map(mute => ({ ...mute, kind: 'mute' as const })),
    ...story.recordings
      .filter(({ recordingId }) => recordingId === id)
      .flatMap(({ pauses }) => pauses.map(span => ({ ...span, kind: 'paused' as const, party: null }))),
  ]
    .filter(touches)
    .map(({ kind, party, startedAt, endedAt }) => ({
      ...nothing,
      kind,
      party,
      atMs: within(startedAt),
      toMs: endedAt === null ? durationMs : within(endedAt),
    }));
  return [...waitBefore(story, recording), ...stretches, ...spans, ...momentsOf(story, isDuring, within)].toSorted(
    (one, other) => one.atMs - other.atMs,
  );
}

function waitBefore(story: Story, { startedAt: zero }: Recording): LaneMark[] {
  const waits = story.stretches.filter(
    ({ kind, endedAt }) => (kind === 'queue' || kind === 'ringing') && endedAt !== null && endedAt <= zero,
  );
  const waitMs = waits.reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? startedAt) - startedAt, 0);
  if (waitMs === 0) return [];
  const queueName = waits.findLast(wait => wait.queueName !== null)?.queueName ?? null;
  return [{ ...nothing, kind: 'wait-before', atMs: 0, toMs: 0, queueName, waitMs }];
}

function momentsOf(story: Story, isDuring: (at: number) => boolean, within: (at: number) => number): LaneMark[] {
  const mark = (kind: 'joined' | 'left' | 'key', at: number | null, party: LaneMark['party']): LaneMark[] =>
    at === null || !isDuring(at) ? [] : [{ ...nothing, kind, atMs: within(at), party }];
  const others = story.parties.filter(({ party }) => party.number !== story.customer.number);
  return [
    ...others.flatMap(({ party, answeredAt, endedAt }) =>
      answeredAt === null ? [] : [...mark('joined', answeredAt, party), ...mark('left', endedAt, party)],
    ),
    ...story.keys.flatMap(({ at, party }) => mark('key', at, party)),
  ];
}

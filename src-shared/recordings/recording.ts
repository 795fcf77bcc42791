import { z } from 'zod';
import { callRecordType } from '../calls/call-record';

/** A recording as its row in the list (S042-S050). Numbers are already shown or hidden as the policy says. */
export const recording = z.object({
  id: z.string(),
  callId: z.string(),
  /** Counts the calls of the centre; what people call "Call #". */
  callNumber: z.int(),
  startedAt: z.number(),
  durationMs: z.number(),
  /** `inbound`, `manual` or `auto` (S199). */
  type: callRecordType,
  remoteNumber: z.string(),
  remoteName: z.string().nullable(),
  isNumberHidden: z.boolean(),
  /** Who talked, first to last; the first has the columns. */
  agents: z.array(z.object({ personId: z.string(), name: z.string(), initials: z.string(), extension: z.string() })),
  account: z.object({ accountNumber: z.string(), billingNumber: z.string(), name: z.string() }).nullable(),
  queueName: z.string().nullable(),
  /** 0 to 100; null until a supervisor has scored it. */
  qaScore: z.number().nullable(),
  noteCount: z.int(),
});
export type Recording = Readonly<z.infer<typeof recording>>;

/** Something written at a moment of a recording. */
export const recordingNote = z.object({
  id: z.string(),
  /** From the beginning of the recording. */
  atMs: z.number(),
  text: z.string(),
  author: z.object({ personId: z.string(), name: z.string() }),
  createdAt: z.number(),
  changedAt: z.number().nullable(),
  /** Whoever asks wrote it, and may change it. */
  isMine: z.boolean(),
});
export type RecordingNote = Readonly<z.infer<typeof recordingNote>>;

export const qaScore = z.object({
  /** Points by criterion of the policy's list. */
  points: z.record(z.string(), z.number().int().min(0)),
  /** 0 to 100, see `qaTotal`. */
  total: z.number(),
  comment: z.string(),
  by: z.object({ personId: z.string(), name: z.string() }),
  at: z.number(),
});
export type QaScore = Readonly<z.infer<typeof qaScore>>;

/** Points given, as a share of those that can be given, 0 to 100 in whole points. Null when a criterion is missing, unknown or beyond its most. */
export function qaTotal(
  points: Readonly<Record<string, number>>,
  criteria: readonly { readonly id: string; readonly points: number }[],
): number | null {
  const isComplete =
    criteria.length > 0 &&
    Object.keys(points).length === criteria.length &&
    criteria.every(({ id, points: most }) => {
      const given = points[id];
      return given !== undefined && Number.isInteger(given) && given >= 0 && given <= most;
    });
  if (!isComplete) return null;
  const most = criteria.reduce((sum, criterion) => sum + criterion.points, 0);
  const given = criteria.reduce((sum, { id }) => sum + (points[id] ?? 0), 0);
  return Math.round((given * 100) / most);
}

/** First letters of the words of a name, at most three: Alice Martin is AM. */
export const initialsOf = (name: string): string =>
  name
    .split(/[\s-]+/)
    .flatMap(word => /\p{L}/u.exec(word)?.[0] ?? [])
    .slice(0, 3)
    .join('')
    .toUpperCase();

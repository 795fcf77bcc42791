import { z } from 'zod';
import { endCause } from '../call/end-cause';
import { missedCause } from '../call/offer-outcome';

/** How the call came about: it came in, was dialled by hand, or by a dialler (S199, S231). */
export const callRecordType = z.enum(['inbound', 'manual', 'auto']);
export type CallRecordType = z.infer<typeof callRecordType>;
/** What came of it at this person's phone (S232). */
export const callDisposition = z.enum(['answered', 'unanswered', 'busy']);
export type CallDisposition = z.infer<typeof callDisposition>;

/** `<call id>.<person id>`; of a call that reached nobody, without a person. */
export const recordIdOf = (callId: string, personId: string | null): string => `${callId}.${personId ?? ''}`;

/**
 * One person's part of one call that is over for them, as their line in "recent calls" tells it. A call that rang at three phones has three
 * records; one that never reached a phone has one without a person. Numbers are already shown or hidden as the policy says (S235).
 */
export const callRecord = z.object({
  /** `recordIdOf`, stable. */
  id: z.string(),
  callId: z.string(),
  /** Counts the calls of the centre; what people call "Call #". */
  callNumber: z.int(),
  personId: z.string().nullable(),
  agentName: z.string().nullable(),
  extension: z.string().nullable(),
  type: callRecordType,
  /** Both ends are phones of the centre. */
  isInternal: z.boolean(),
  disposition: callDisposition,
  remoteNumber: z.string(),
  remoteName: z.string().nullable(),
  /** Digits of `remoteNumber` are hidden: it cannot be dialled, but called back by `records.call-back`. */
  isNumberHidden: z.boolean(),
  queueId: z.string().nullable(),
  queueName: z.string().nullable(),
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number(),
  /** Conversation; of a manual call that was not answered the ringing time (S236); of other calls that were not answered 0. */
  durationMs: z.number(),
  endCause: endCause.nullable(),
  missedCause: missedCause.nullable(),
  /** Only when whoever asks may hear it. */
  recordingId: z.string().nullable(),
});
export type CallRecord = Readonly<z.infer<typeof callRecord>>;

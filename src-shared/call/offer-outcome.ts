import { z } from 'zod';

/**
 * How every ringing of an agent's phone ends: answered, or one of eight reasons for which the agent did not get the call (beyond.md
 * B4). One list for agent, supervisor and statistics. The agent is answerable for `ring-no-answer` and `declined` only.
 *
 * | cause              | what happened                                                                                     |
 * | caller-left        | the caller hung up, or was taken away, while it rang                                              |
 * | declined           | the agent pressed decline                                                                         |
 * | ring-no-answer     | nobody pressed anything until the ring time was over                                              |
 * | answered-elsewhere | another phone that rang at the same time was quicker                                              |
 * | line-lost          | the phone could not be reached: no registration, no socket, no response                           |
 * | device             | microphone, loudspeaker or headset were missing; the app refused, or the answer failed for them   |
 * | state-changed      | the agent was paused or signed out while it rang, by a supervisor or on another machine           |
 * | system             | everything else: busy phone, engine or server fault                                               |
 */
export const missedCauses = [
  'caller-left',
  'declined',
  'ring-no-answer',
  'answered-elsewhere',
  'line-lost',
  'device',
  'state-changed',
  'system',
] as const;
export const missedCause = z.enum(missedCauses);
export type MissedCause = z.infer<typeof missedCause>;

export const offerOutcome = z.enum(['answered', ...missedCauses]);
export type OfferOutcome = z.infer<typeof offerOutcome>;

/** SIP status with which the app refuses a call for want of a microphone or loudspeaker (RFC 3312: a precondition is not met). */
export const deviceRefusalStatus = 580;

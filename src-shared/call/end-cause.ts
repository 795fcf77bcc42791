import { z } from 'zod';

/** Why a call leg ended, in the words of the trade. One list for screen, journal and statistics. */
export const endCauses = [
  'completed',
  'caller-cancelled',
  'answered-elsewhere',
  'agent-cancelled',
  'rejected',
  'busy',
  'no-answer',
  'unreachable',
  'not-found',
  'forbidden',
  'transferred',
  'media-denied',
  'media-failed',
  'line-lost',
  'engine-lost',
  'failed',
] as const;
export const endCause = z.enum(endCauses);
export type EndCause = z.infer<typeof endCause>;

/** Final SIP status of an outgoing INVITE → cause (RFC 3261 section 21). */
export function endCauseOfSipStatus(status: number): EndCause {
  switch (status) {
    case 404:
    case 410:
    case 484:
    case 604:
      return 'not-found';
    case 486:
    case 600:
      return 'busy';
    case 408:
      return 'no-answer';
    case 480:
    case 502:
    case 503:
    case 504:
      return 'unreachable';
    case 403:
      return 'forbidden';
    case 487:
      return 'agent-cancelled';
    case 603:
    case 607:
      return 'rejected';
    case 415:
    case 488:
    case 606:
      return 'media-failed';
    default:
      return 'failed';
  }
}

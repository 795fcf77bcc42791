import type { EndCause } from '../../../../src-shared/call/end-cause';
import { deviceRefusalStatus } from '../../../../src-shared/call/offer-outcome';
import type { OfferEnd } from '../../telephony';

/** Final SIP status that tells a calling phone why its call is refused (RFC 3261 section 21). */
export function sipStatusOf(cause: EndCause): number {
  switch (cause) {
    case 'not-found':
      return 404;
    case 'forbidden':
      return 403;
    case 'busy':
      return 486;
    case 'rejected':
      return 603;
    case 'no-answer':
      return 408;
    case 'media-failed':
      return 488;
    case 'failed':
    case 'engine-lost':
      return 500;
    default:
      return 480;
  }
}

/** What a phone meant by refusing an offer. Our agents decline with 480 or 603. */
export function offerEndOfSipStatus(status: number): Extract<OfferEnd, 'busy' | 'declined' | 'device' | 'failed'> {
  if (status === 486 || status === 600) return 'busy';
  if (status === 480 || status === 603 || status === 607) return 'declined';
  if (status === deviceRefusalStatus) return 'device';
  return 'failed';
}

/** The end cause of a called phone's leg that refused with this status. */
export function endCauseOfRefusal(status: number): EndCause {
  return endCauseOfOffer[offerEndOfSipStatus(status)];
}

/** The end cause of a leg whose offer ended. */
export const endCauseOfOffer: Record<Exclude<OfferEnd, 'answered'>, EndCause> = {
  'ring-no-answer': 'no-answer',
  declined: 'rejected',
  busy: 'busy',
  'caller-left': 'caller-cancelled',
  'answered-elsewhere': 'answered-elsewhere',
  'line-lost': 'line-lost',
  'state-changed': 'unreachable',
  device: 'failed',
  failed: 'failed',
};

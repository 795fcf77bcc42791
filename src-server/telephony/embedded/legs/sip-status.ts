import type { EndCause } from '../../../../src-shared/call/end-cause';
import { endCauseOfOffer, offerEndOfSipStatus } from '../../offer-ends';

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

/** The end cause of a called phone's leg that refused with this status. */
export function endCauseOfRefusal(status: number): EndCause {
  return endCauseOfOffer[offerEndOfSipStatus(status)];
}

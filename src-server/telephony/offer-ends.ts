import type { EndCause } from '../../src-shared/call/end-cause';
import { deviceRefusalStatus } from '../../src-shared/call/offer-outcome';
import type { OfferEnd } from './telephony';

/** What a phone meant by refusing an offer (RFC 3261 section 21). Our agents decline with 480 or 603. One table, so that both engines tell the same. */
export function offerEndOfSipStatus(status: number): Extract<OfferEnd, 'busy' | 'declined' | 'device' | 'failed'> {
  if (status === 486 || status === 600) return 'busy';
  if (status === 480 || status === 603 || status === 607) return 'declined';
  if (status === deviceRefusalStatus) return 'device';
  return 'failed';
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

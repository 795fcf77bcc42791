import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { OfferEnd, TransferFailure } from '../../telephony';

const failureOfOffer: Record<Exclude<OfferEnd, 'answered' | 'caller-left'>, TransferFailure> = {
  'ring-no-answer': 'no-answer',
  declined: 'rejected',
  busy: 'busy',
  'answered-elsewhere': 'failed',
  'line-lost': 'unreachable',
  'state-changed': 'unreachable',
  device: 'failed',
  failed: 'failed',
};

/** Why ringing a colleague brought nothing. Some phones are more exact than the end of an offer. */
export function failureOfRinging(
  cause: Exclude<OfferEnd, 'answered' | 'caller-left'>,
  sipStatus: number | null,
): TransferFailure {
  if (sipStatus === 403) return 'forbidden';
  if (sipStatus === 404) return 'not-found';
  return failureOfOffer[cause];
}

/** Why calling somebody outside brought nothing. */
export function failureOfCause(cause: EndCause): TransferFailure {
  switch (cause) {
    case 'busy':
    case 'no-answer':
    case 'rejected':
    case 'unreachable':
    case 'not-found':
    case 'forbidden':
      return cause;
    default:
      return 'failed';
  }
}

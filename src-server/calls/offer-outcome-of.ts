import type { OfferOutcome } from '../../src-shared/call/offer-outcome';
import type { OfferEnd } from '../telephony/telephony';

/**
 * What the end of a ringing means for the agent: the only place where it is decided. A phone that cannot be reached rang for nobody,
 * whatever the engine saw of it; a busy phone of a free agent is nobody's choice.
 */
export function offerOutcomeOf(end: OfferEnd, { isReachable }: { readonly isReachable: boolean }): OfferOutcome {
  switch (end) {
    case 'ring-no-answer':
      return isReachable ? 'ring-no-answer' : 'line-lost';
    case 'failed':
      return isReachable ? 'system' : 'line-lost';
    case 'busy':
      return 'system';
    default:
      return end;
  }
}

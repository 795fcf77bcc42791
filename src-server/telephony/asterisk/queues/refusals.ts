import type { OfferEnd } from '../../telephony';
import type { TellFact } from '../calls/tracked-call';

type Fact = Parameters<TellFact>[0];

const notTaken: ReadonlySet<OfferEnd> = new Set([
  'declined',
  'busy',
  'ring-no-answer',
  'device',
  'failed',
  'line-lost',
]);

/** Tells which offers were not taken by a phone that is still the one at this line; one that came back meanwhile has refused nothing. */
export class Refusals {
  /** Extension by leg. */
  private readonly ringing = new Map<string, string>();

  /** @returns true when the member is to be passed over for this offer */
  hear(fact: Fact): boolean {
    if (fact.type === 'offered') this.ringing.set(fact.legId, fact.extension);
    if (fact.type === 'line-registered')
      for (const [legId, extension] of this.ringing) if (extension === fact.extension) this.ringing.delete(legId);
    return fact.type === 'offer-ended' && this.ringing.delete(fact.legId) && notTaken.has(fact.cause);
  }
}

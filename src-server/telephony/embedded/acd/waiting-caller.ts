import type { CentralCall } from '../call/central-call';
import type { Leg } from '../call/leg';
import type { Offer } from '../call/offer';

/** A caller in a queue. It keeps its place until a member answers or it leaves. */
export interface WaitingCaller {
  readonly call: CentralCall;
  readonly leg: Leg;
  readonly queueId: string;
  /** Phones that ring for this caller now. */
  readonly offers: Set<Offer>;
  /** Members who refused this caller or did not answer, and until when they are passed over (monotonic). */
  readonly passedOver: Map<string, number>;
}

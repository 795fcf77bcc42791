import type { CentralCall } from '../call/central-call';
import type { Offer, ReturnedTransfer } from '../call/offer';
import type { Leg } from '../legs/leg';

/** A caller in a queue. It keeps its place until a member answers or it leaves. */
export interface WaitingCaller {
  readonly call: CentralCall;
  readonly leg: Leg;
  readonly queueId: string;
  /** The transfer whose failure brought the caller here; null for everybody else. */
  readonly returned: ReturnedTransfer | null;
  /** Phones that ring for this caller now. */
  readonly offers: Set<Offer>;
  /** Members who refused this caller or did not answer, and until when they are passed over (monotonic). */
  readonly passedOver: Map<string, number>;
}

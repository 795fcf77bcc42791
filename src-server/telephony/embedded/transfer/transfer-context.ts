import type { Distributor } from '../acd/distributor';
import type { OfferContext } from '../call/offer';
import type { SubscriberContext } from '../call/subscriber-call';
import type { EngineLog } from '../engine-options';
import type { SoundLibrary } from '../media/sound-library';
import type { LineDesk } from '../registrar/line-desk';
import type { TelephonyDirectory } from '../../telephony';

/** What transfers need of the engine. */
export interface TransferContext extends SubscriberContext {
  readonly log: EngineLog;
  readonly directory: TelephonyDirectory;
  readonly distributor: Distributor;
  readonly lines: LineDesk;
  readonly sounds: SoundLibrary;
  readonly offerContext: OfferContext;
  /** False for a phone that has a call and takes no second one. */
  readonly mayRing: (extension: string) => boolean;
}

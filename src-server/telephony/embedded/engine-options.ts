import type { Clock } from '../../../src-shared/base/clock';
import type { TelephonyDirectory } from '../telephony';
import type { DigestAlgorithm } from './registrar/digest';

export interface EngineLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface EmbeddedTelephonyOptions {
  readonly directory: TelephonyDirectory;
  /** SIP domain and digest realm, for example `centre.local`. */
  readonly domain: string;
  /** Recordings are written here as `<recordingId>.wav`; made if it is missing. */
  readonly recordingsFolder: string;
  /** Holds `music/` and `speech/`. Without it tones are played instead. */
  readonly assetsFolder?: string;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Offered in this order (RFC 8760: strongest first). */
  readonly digestAlgorithms?: readonly DigestAlgorithm[];
  readonly timing?: Partial<EngineTiming>;
}

/** Times that a centre may want otherwise and that tests shorten. */
export interface EngineTiming {
  /** A member who refused or did not answer is not offered the same caller again for this long. */
  readonly passOverMs: number;
  /** A ringing phone whose socket is gone is given this long to come back before the next member is tried. */
  readonly ringingLineLossMs: number;
  /** A phone without socket that sends no media either is gone after this time. */
  readonly deadMediaMs: number;
  /** The same when another phone has registered in its place meanwhile: it crashed and was started again. */
  readonly replacedMediaMs: number;
  /** How long a colleague's phone rings on an internal call. */
  readonly internalRingMs: number;
  /** How long the phone of a colleague rings to whom somebody is transferred. */
  readonly transferRingMs: number;
  /** How long the phone rings to which a failed transfer comes back. */
  readonly returnRingMs: number;
  /** How long an agent's own phone rings before a number is dialled for it (click-to-dial). */
  readonly ownPhoneRingMs: number;
  /** How long the network lets a subscriber ring who never answers. */
  readonly networkRingMs: number;
  /** How long a simulated subscriber rings before the answer. */
  readonly subscriberRingMs: number;
  /** Longest registration that is granted (RFC 3261 section 10.3). */
  readonly longestRegistrationMs: number;
}

export const defaultTiming: EngineTiming = {
  passOverMs: 10_000,
  ringingLineLossMs: 4000,
  deadMediaMs: 30_000,
  replacedMediaMs: 1000,
  internalRingMs: 60_000,
  transferRingMs: 20_000,
  returnRingMs: 20_000,
  ownPhoneRingMs: 20_000,
  networkRingMs: 60_000,
  subscriberRingMs: 1000,
  longestRegistrationMs: 3_600_000,
};

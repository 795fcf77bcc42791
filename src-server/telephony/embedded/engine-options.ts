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
  /** An INVITE to which a phone says nothing at all, not even 100, has not reached it: the next one is tried after this time. */
  readonly wordlessMs: number;
  /** A phone whose socket closed and that stopped sending media with it has died: it is gone after this time. */
  readonly diedMediaMs: number;
  /** A phone without socket that had sent no media before either, or whose media stop later, is gone after this time. */
  readonly deadMediaMs: number;
  /** The same when another phone has registered in its place meanwhile: it crashed and was started again. */
  readonly replacedMediaMs: number;
  /** No media for so long from a phone that should send some, though its socket is open, is a doubt: it is asked. */
  readonly doubtMs: number;
  /** A phone that is asked and gives no sign of life within this time is gone. */
  readonly signOfLifeMs: number;
  /** How long a colleague's phone rings on an internal call. */
  readonly internalRingMs: number;
  /** How long the phone of a colleague rings to whom somebody is transferred. */
  readonly transferRingMs: number;
  /** Who hangs up so soon after an attended transfer, sooner than people react to something new, meant the agent who asked, not the customer who has come instead. */
  readonly handOverMs: number;
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
  ringingLineLossMs: 2000,
  wordlessMs: 2000,
  diedMediaMs: 2000,
  deadMediaMs: 30_000,
  replacedMediaMs: 1000,
  doubtMs: 1500,
  signOfLifeMs: 1000,
  internalRingMs: 60_000,
  transferRingMs: 20_000,
  handOverMs: 300,
  returnRingMs: 20_000,
  ownPhoneRingMs: 20_000,
  networkRingMs: 60_000,
  subscriberRingMs: 1000,
  longestRegistrationMs: 3_600_000,
};

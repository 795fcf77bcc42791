/** Times that a centre may want otherwise and that tests shorten. */
export interface AsteriskTiming {
  /** How long a colleague's phone rings on an internal call. */
  readonly internalRingMs: number;
  /** How long somebody outside is let ring. */
  readonly networkRingMs: number;
  /** How long the own phone rings in click-to-dial. */
  readonly ownPhoneRingMs: number;
  /** How long the target of a blind transfer rings. */
  readonly transferRingMs: number;
  /** How long the sender of a transfer that failed rings. */
  readonly returnRingMs: number;
  /** How often what comes from an app that talks and cannot be asked is counted. */
  readonly countEveryMs: number;
  /** Such an app from which nothing comes for so long is gone, though its line is there. */
  readonly silentPhoneMs: number;
}

export const defaultTiming: AsteriskTiming = {
  internalRingMs: 60_000,
  networkRingMs: 60_000,
  ownPhoneRingMs: 20_000,
  transferRingMs: 20_000,
  returnRingMs: 20_000,
  countEveryMs: 5000,
  silentPhoneMs: 20_000,
};

/** What the dialplan reads, in seconds. */
export const settingsOf = (timing: AsteriskTiming): Readonly<Record<string, string>> => ({
  'internal-ring': String(timing.internalRingMs / 1000),
  'outside-ring': String(timing.networkRingMs / 1000),
  'transfer-ring': String(timing.transferRingMs / 1000),
  'return-ring': String(timing.returnRingMs / 1000),
});

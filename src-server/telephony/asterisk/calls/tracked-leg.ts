/** One party of a call: a channel of Asterisk, as long as it belongs to this call. */
export interface TrackedLeg {
  /** What the facts call it: the channel's Uniqueid, with a suffix when the channel came from another call. */
  readonly id: string;
  readonly uniqueid: string;
  readonly channel: string;
  readonly role: 'customer' | 'agent';
  readonly number: string;
  readonly extension: string | null;
  /** A phone that is rung: it gets `offered` and `offer-ended`. */
  readonly isOffer: boolean;
  /** Click-to-dial: the own phone of who calls, rung by us. */
  readonly isRungFirst: boolean;
  hasRung: boolean;
  /** Its phone was taken up; whether it talks the queue decides, for there may be two. */
  isPickedUp: boolean;
  isAnswered: boolean;
  /** Its own phone holds. */
  isHeld: boolean;
  /** The centre holds for it: it and its party are out of their bridge (`centre-held`). */
  isHeldByOrder: boolean;
  isMuted: boolean;
  /** Mixed by a ConfBridge. */
  isInRoom: boolean;
  /** Its voice is heard in the room, as the ConfBridge says. */
  isSpeaking: boolean;
  /** SIP status with which the other end refused. */
  sipStatus: number | null;
  /** app_queue stopped the ringing because its time was over. */
  hasTimedOut: boolean;
  /** The centre takes the ringing back. */
  isWithdrawn: boolean;
  /** Its phone died, or could not be reached. */
  isLost: boolean;
  /** The channel is gone; why, is known as soon as it is known what becomes of the other party. */
  isGone: boolean;
}

type LegIdentity = Pick<TrackedLeg, 'id' | 'uniqueid' | 'channel' | 'role' | 'number' | 'extension' | 'isOffer'>;

export const newLeg = (identity: LegIdentity): TrackedLeg => ({
  ...identity,
  isRungFirst: false,
  hasRung: false,
  isPickedUp: false,
  isAnswered: false,
  isHeld: false,
  isHeldByOrder: false,
  isMuted: false,
  isInRoom: false,
  isSpeaking: false,
  sipStatus: null,
  hasTimedOut: false,
  isWithdrawn: false,
  isLost: false,
  isGone: false,
});

/** `PJSIP/1001-0000002a` → `1001`; the endpoint of the trunk is no extension. */
export function extensionOf(channel: string): string | null {
  const endpoint = /^PJSIP\/([\w.+-]+)-[0-9a-f]{8,}$/.exec(channel)?.[1];
  return endpoint === undefined || endpoint === trunkEndpoint ? null : endpoint;
}
const trunkEndpoint = 'trunk';

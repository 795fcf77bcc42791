import type { OfferEnd, TelephonyEvent, TransferFailure } from '../../src-server/telephony/telephony';

/** An event without its time; `told` puts one second between each. */
type Untimed<T> = T extends unknown ? Omit<T, 'at'> : never;
export type UntimedEvent = Untimed<TelephonyEvent>;

/** What an engine tells, one event a second, the first at `startAt`. */
export const told = (startAt: number, events: readonly UntimedEvent[]): TelephonyEvent[] =>
  events.map((event, index): TelephonyEvent => ({ ...event, at: startAt + index * 1000 }) as TelephonyEvent);

const customer = { number: '+33199000000', name: null };
const queueNumber = '8001';

/** The beginning of every queue call: two events and the queue. */
export const customerJoins = (callId: string): UntimedEvent[] => [
  { type: 'call-started', callId, direction: 'inbound', from: customer, to: { number: queueNumber } },
  {
    type: 'leg-started',
    callId,
    legId: `${callId}-customer`,
    role: 'customer',
    number: customer.number,
    extension: null,
  },
  { type: 'queue-joined', callId, queueId: 'support', position: 1 },
];

export const ringsAt = (callId: string, extension: string): UntimedEvent[] => [
  { type: 'leg-started', callId, legId: `${callId}-${extension}`, role: 'agent', number: extension, extension },
  { type: 'offered', callId, legId: `${callId}-${extension}`, extension, queueId: 'support', returnedTransferId: null },
  { type: 'leg-ringing', callId, legId: `${callId}-${extension}` },
];

export const notAnsweredAt = (
  callId: string,
  extension: string,
  cause: 'ring-no-answer' | 'declined' | 'caller-left',
): UntimedEvent[] => [
  { type: 'offer-ended', callId, legId: `${callId}-${extension}`, extension, cause },
  {
    type: 'leg-ended',
    callId,
    legId: `${callId}-${extension}`,
    cause: cause === 'declined' ? 'rejected' : cause === 'ring-no-answer' ? 'no-answer' : 'caller-cancelled',
  },
];

export const answeredAt = (callId: string, extension: string): UntimedEvent[] => [
  { type: 'leg-answered', callId, legId: `${callId}-${extension}` },
  { type: 'offer-ended', callId, legId: `${callId}-${extension}`, extension, cause: 'answered' },
  { type: 'queue-left', callId, queueId: 'support', cause: 'connected' },
  { type: 'leg-answered', callId, legId: `${callId}-customer` },
];

export const isRecorded = (callId: string): UntimedEvent[] => [
  { type: 'recording-started', callId, recordingId: `${callId}-sound`, file: `/elsewhere/${callId}-sound.wav` },
];

export const hangsUp = (callId: string, extension: string): UntimedEvent[] => [
  { type: 'leg-ended', callId, legId: `${callId}-customer`, cause: 'completed' },
  { type: 'leg-ended', callId, legId: `${callId}-${extension}`, cause: 'completed' },
  { type: 'call-ended', callId, cause: 'completed' },
];

/** The phone of `extension` sends its other party to a number, and is let go. */
export const transfersTo = (
  callId: string,
  extension: string,
  number: string,
  transferId = 'transfer-1',
): UntimedEvent[] => [
  {
    type: 'transfer-started',
    callId,
    transferId,
    kind: 'blind',
    legId: `${callId}-${extension}`,
    extension,
    to: { number },
    consultCallId: null,
  },
  { type: 'leg-ended', callId, legId: `${callId}-${extension}`, cause: 'transferred' },
];

/** Rings at a phone that no queue chose: the target of a transfer, or its sender when the call comes back. */
export const ringsDirectlyAt = (
  callId: string,
  extension: string,
  returnedTransferId: string | null = null,
): UntimedEvent[] => {
  const legId = `${callId}-${extension}${returnedTransferId === null ? '' : '-again'}`;
  return [
    { type: 'leg-started', callId, legId, role: 'agent', number: extension, extension },
    { type: 'offered', callId, legId, extension, queueId: null, returnedTransferId },
  ];
};

export const offerEnds = (callId: string, legId: string, extension: string, cause: OfferEnd): UntimedEvent[] =>
  cause === 'answered'
    ? [
        { type: 'leg-answered', callId, legId },
        { type: 'offer-ended', callId, legId, extension, cause },
      ]
    : [
        { type: 'offer-ended', callId, legId, extension, cause },
        { type: 'leg-ended', callId, legId, cause: cause === 'declined' ? 'rejected' : 'no-answer' },
      ];

export const transferEnds = (
  callId: string,
  outcome: 'completed' | 'caller-left' | TransferFailure,
  transferId = 'transfer-1',
): UntimedEvent[] => [{ type: 'transfer-ended', callId, transferId, outcome }];

/** `extension` calls a colleague, who answers. */
export const consults = (callId: string, extension: string, colleague: string): UntimedEvent[] => [
  {
    type: 'call-started',
    callId,
    direction: 'internal',
    from: { number: extension, name: null },
    to: { number: colleague },
  },
  { type: 'leg-started', callId, legId: `${callId}-${extension}`, role: 'agent', number: extension, extension },
  ...ringsDirectlyAt(callId, colleague),
  ...offerEnds(callId, `${callId}-${colleague}`, colleague, 'answered'),
  { type: 'leg-answered', callId, legId: `${callId}-${extension}` },
];

/** `extension` is rung for its own call to a number: click-to-dial. */
export const rungFor = (callId: string, extension: string, number: string): UntimedEvent[] => [
  {
    type: 'call-started',
    callId,
    direction: 'internal',
    from: { number: extension, name: null },
    to: { number },
  },
  { type: 'leg-started', callId, legId: `${callId}-${extension}`, role: 'agent', number: extension, extension },
  { type: 'leg-ringing', callId, legId: `${callId}-${extension}` },
];

/** `extension` calls a number outside, where somebody answers. */
export const callsOutside = (callId: string, extension: string, number: string): UntimedEvent[] => [
  {
    type: 'call-started',
    callId,
    direction: 'outbound',
    from: { number: extension, name: null },
    to: { number },
  },
  { type: 'leg-started', callId, legId: `${callId}-${extension}`, role: 'agent', number: extension, extension },
  { type: 'leg-started', callId, legId: `${callId}-outside`, role: 'customer', number, extension: null },
  { type: 'leg-answered', callId, legId: `${callId}-outside` },
  { type: 'leg-answered', callId, legId: `${callId}-${extension}` },
];

/** The colleague of a consultation gets a leg in the first call. */
export const comesInto = (callId: string, colleague: string): UntimedEvent[] => [
  {
    type: 'leg-started',
    callId,
    legId: `${callId}-${colleague}`,
    role: 'agent',
    number: colleague,
    extension: colleague,
  },
  { type: 'leg-answered', callId, legId: `${callId}-${colleague}` },
];

/** What is left of a consultation when its parties went on in another call. */
export const consultationEnds = (callId: string, extension: string, colleague: string): UntimedEvent[] => [
  { type: 'leg-ended', callId, legId: `${callId}-${extension}`, cause: 'transferred' },
  { type: 'leg-ended', callId, legId: `${callId}-${colleague}`, cause: 'transferred' },
  { type: 'call-ended', callId, cause: 'transferred' },
];

/** An attended transfer of `callId` by way of the consultation, in the order in which engines tell it. */
export const transfersAttended = (
  callId: string,
  consultCallId: string,
  [extension, colleague]: readonly [string, string],
): UntimedEvent[] => [
  {
    type: 'transfer-started',
    callId,
    transferId: 'transfer-1',
    kind: 'attended',
    legId: `${callId}-${extension}`,
    extension,
    to: { number: colleague },
    consultCallId,
  },
  ...comesInto(callId, colleague),
  { type: 'leg-ended', callId, legId: `${callId}-${extension}`, cause: 'transferred' },
  ...consultationEnds(consultCallId, extension, colleague),
  ...transferEnds(callId, 'completed'),
];

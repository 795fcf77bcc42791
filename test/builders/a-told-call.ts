import type { TelephonyEvent } from '../../src-server/telephony/telephony';

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

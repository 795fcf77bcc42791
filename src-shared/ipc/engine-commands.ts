import { z } from 'zod';
import { deviceRefusalStatus } from '../call/offer-outcome';
import { lineCredential } from '../line/line-state';

const callId = z.string();

/** Orders from main to the phone engine. Each travels as `{ id, command }` and is settled by a report `done` or `failed` with that id. */
export const engineCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('line.connect'), credential: lineCredential }),
  /** New secret for the running line; used at the next challenge. */
  z.object({ type: z.literal('line.renew'), credential: lineCredential }),
  /** Unregisters and closes. Calls are hung up first. */
  z.object({ type: z.literal('line.disconnect') }),
  /** Reconnect now instead of at the end of the waiting time (network came back, machine woke up). */
  z.object({ type: z.literal('line.probe') }),
  z.object({ type: z.literal('call.dial'), callId, target: z.string().max(64) }),
  z.object({ type: z.literal('call.answer'), callId }),
  z.object({
    type: z.literal('call.decline'),
    callId,
    sipCode: z.union([z.literal(480), z.literal(486), z.literal(deviceRefusalStatus), z.literal(603)]),
  }),
  z.object({ type: z.literal('call.hang-up'), callId }),
  z.object({ type: z.literal('call.hold'), callId }),
  z.object({ type: z.literal('call.resume'), callId }),
  z.object({ type: z.literal('call.mute'), callId, isMuted: z.boolean() }),
  z.object({ type: z.literal('call.dtmf'), callId, digits: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
  /**
   * Sends the other party to a number (REFER). Done when the centre has taken it over; the call then ends as `transferred`. Failed with
   * `transfer/…`: nothing has changed, whatever it was.
   */
  z.object({ type: z.literal('call.transfer'), callId, target: z.string().max(64) }),
  /** Joins the parties of two calls that are up (REFER with Replaces), and both end here. Outcomes as above. */
  z.object({ type: z.literal('call.complete-transfer'), callId, consultCallId: callId }),
  /** Sends a ringing call to a number: answered without sound, and sent on at once. Failed: it is up, and held. */
  z.object({ type: z.literal('call.send-on'), callId, target: z.string().max(64) }),
  z.object({
    type: z.literal('audio.choose'),
    microphoneId: z.string().nullable(),
    speakerId: z.string().nullable(),
    ringerId: z.string().nullable(),
    ringVolume: z.number().min(0).max(1),
    ringTone: z.string(),
    autoGainControl: z.boolean(),
    noiseSuppression: z.boolean(),
    echoCancellation: z.boolean(),
  }),
  /** Opens the microphone once so that the first answer does not pay for it (A2c), and keeps it warm but silent. */
  z.object({ type: z.literal('audio.warm-up') }),
  z.object({ type: z.literal('audio.watch-levels'), isOn: z.boolean() }),
  /** `ring` until `off`; `knock` is the short tone of a second call. */
  z.object({ type: z.literal('ringer'), mode: z.enum(['off', 'ring', 'knock']) }),
  /** Plays the ring tone once on the ringer device, or a short tone on the speaker. */
  z.object({ type: z.literal('audio.play-test'), on: z.enum(['speaker', 'ringer']) }),
  z.object({ type: z.literal('heartbeat') }),
]);
export type EngineCommand = z.infer<typeof engineCommand>;
export const commandEnvelope = z.object({ id: z.string(), command: engineCommand });
export type CommandEnvelope = z.infer<typeof commandEnvelope>;

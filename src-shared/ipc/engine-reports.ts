import { z } from 'zod';
import { audioDevices } from '../audio/audio-device';
import { callEvent } from '../call/call-event';
import { callQuality, party } from '../call/call';
import { returnedTransfer } from '../call/call-party';
import { errorCode } from '../errors/app-error';

const callId = z.string();
/** ms since the epoch, stamped where it happened. */
const at = z.number();

/** Facts from the phone engine to main. They already happened; nobody may refuse them. */
export const engineReport = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('done'), commandId: z.string() }),
  z.object({ type: z.literal('failed'), commandId: z.string(), code: errorCode, message: z.string() }),
  z.object({
    type: z.literal('line'),
    line: z.discriminatedUnion('state', [
      z.object({ state: z.literal('connecting') }),
      z.object({ state: z.literal('registering') }),
      z.object({ state: z.literal('registered') }),
      z.object({ state: z.literal('reconnecting'), attempt: z.int(), retryAt: z.number() }),
      z.object({ state: z.literal('refused'), sipCode: z.int() }),
      z.object({ state: z.literal('closed') }),
    ]),
  }),
  z.object({
    type: z.literal('invite-received'),
    callId,
    at,
    remote: party,
    /** SIP header X-Queue: the queue's name, for calls that a queue distributes. */
    queueName: z.string().max(128).nullable(),
    /** SIP header X-Call-Id: the call's id in the central journal. */
    centralCallId: z.string().max(128).nullable(),
    /** SIP header X-Transfer-Returned: it was sent on from here, and nobody took it. */
    returnedTransfer: returnedTransfer.nullable(),
    /** SIP header X-Transferred-By: the colleague's extension. */
    transferredBy: z.string().max(64).nullable(),
  }),
  z.object({ type: z.literal('invite-sent'), callId, at }),
  z.object({ type: z.literal('call'), callId, at, event: callEvent }),
  /** Learned later than the INVITE, for example from the 200 OK of an outgoing call. */
  z.object({ type: z.literal('central-call-id'), callId, centralCallId: z.string().max(128) }),
  /** Read back from the track that is sent. */
  z.object({ type: z.literal('mute'), callId, isMuted: z.boolean() }),
  z.object({ type: z.literal('quality'), callId, quality: callQuality }),
  z.object({ type: z.literal('media'), callId, isInterrupted: z.boolean() }),
  z.object({ type: z.literal('audio-devices'), audio: audioDevices }),
  /** 0 to 1, at most 10 times a second, only while watched. */
  z.object({ type: z.literal('levels'), microphone: z.number(), speaker: z.number() }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['error', 'warn', 'info', 'debug']),
    message: z.string().max(4000),
  }),
]);
export type EngineReport = z.infer<typeof engineReport>;

import { z } from 'zod';
import { callState } from './call-state';
import { endCause } from './end-cause';
import { holder } from './call-event';
import { callParty, returnedTransfer } from './call-party';

/** Somebody at the other end. `number` is what can be dialled; both are cleaned of control and bidi characters and cut at 128. */
export const party = z.object({ number: z.string().max(128), name: z.string().max(128).nullable() });
export type Party = Readonly<z.infer<typeof party>>;

/** Quality of what the agent hears, every 2 s (ITU-T G.107 E-model; see `audio/e-model.ts`). */
export const callQuality = z.object({
  /** MOS-CQE estimate, 1 to 4.41 (narrow-band scale). */
  mos: z.number(),
  /** Mouth-to-ear delay estimate in milliseconds. */
  delayMs: z.number(),
  /** Concealed speech in per cent of all samples, after FEC and late loss. */
  lossPercent: z.number(),
  jitterMs: z.number(),
  codec: z.string(),
});
export type CallQuality = z.infer<typeof callQuality>;

export const pendingAction = z.enum([
  'answer',
  'decline',
  'send-on',
  'hang-up',
  'hold',
  'resume',
  'mute',
  'dtmf',
  'consult',
  'transfer',
  'complete',
  'swap',
  'merge',
]);
export type PendingAction = z.infer<typeof pendingAction>;

export const call = z.object({
  id: z.string(),
  /** Where it is heard and handled: here, or at the person's desk phone, of which the centre tells (S142). */
  device: z.enum(['app', 'desk-phone']),
  direction: z.enum(['inbound', 'outbound']),
  state: callState,
  remote: party,
  /** Name of the queue that offered the call; null for direct calls. */
  queueName: z.string().nullable(),
  /** The call's id in the central journal (SIP header X-Call-Id); null until known. */
  centralCallId: z.string().nullable(),
  /** Set when a transfer came to nothing and the call is back. */
  returnedTransfer: returnedTransfer.nullable(),
  /** Extension of the colleague who sent it here; null when nobody did. */
  transferredBy: z.string().max(64).nullable(),
  /** Everybody else in it, as the centre tells; empty until it has. Two or more make a conference. */
  parties: z.array(callParty),
  startedAt: z.number(),
  /** When both could hear each other; null before. */
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  heldBy: z.array(holder),
  /** Read back from the microphone track that is really being sent. */
  isMuted: z.boolean(),
  /** In a conference: the others hear my voice just now, as the centre tells. */
  isSpeaking: z.boolean(),
  pendingAction: pendingAction.nullable(),
  quality: callQuality.nullable(),
  /** Nothing has been received for a while although the call is up. */
  isMediaInterrupted: z.boolean(),
  endCause: endCause.nullable(),
  sipCode: z.number().nullable(),
});
export type Call = Readonly<z.infer<typeof call>>;

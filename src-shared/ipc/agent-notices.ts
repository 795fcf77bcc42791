import { z } from 'zod';
import { agentStatus } from '../agent/agent-state';
import { audioDevices } from '../audio/audio-device';
import { call } from '../call/call';
import { errorCode } from '../errors/app-error';
import { lineState } from '../line/line-state';
import { agentProfile, recentCall } from '../server-api/rest-routes';
import { settings } from '../settings/settings';

/** Whether the central server answers; calls go on without it. */
export const serverState = z.enum(['signed-out', 'online', 'offline']);
export const sessionView = z.object({
  /** null before sign-in. */
  agent: agentProfile.nullable(),
  server: serverState,
  serverName: z.string().nullable(),
  /** Why the last session ended, to be said on the sign-in screen. */
  endedBecause: z.enum(['signed-out', 'signed-in-elsewhere', 'revoked', 'expired']).nullable(),
});
export type SessionView = Readonly<z.infer<typeof sessionView>>;

/** A message that needs no dialog; the text is found by its key under `toasts.` or `errors.`. */
export const toast = z.object({
  id: z.string(),
  kind: z.enum(['info', 'warning', 'error']),
  text: z.union([
    z.object({ error: errorCode }),
    z.object({
      toast: z.enum([
        'missed-call',
        'answered-elsewhere',
        'call-ended',
        'engine-restarted',
        'device-changed',
        'settings-reset',
        'line-back',
      ]),
    }),
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Toast = Readonly<z.infer<typeof toast>>;

/** Whole values from main to the agent window, never differences. `revision` rises per type; an older one is ignored. */
export const agentNotice = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session.changed'), revision: z.int(), session: sessionView }),
  z.object({ type: z.literal('calls.changed'), revision: z.int(), calls: z.array(call) }),
  z.object({ type: z.literal('line.changed'), revision: z.int(), line: lineState }),
  z.object({ type: z.literal('agent.changed'), revision: z.int(), status: agentStatus }),
  z.object({ type: z.literal('audio.changed'), revision: z.int(), audio: audioDevices }),
  z.object({ type: z.literal('settings.changed'), revision: z.int(), settings }),
  z.object({ type: z.literal('recent-calls.changed'), revision: z.int(), calls: z.array(recentCall) }),
  z.object({ type: z.literal('levels'), revision: z.int(), microphone: z.number(), speaker: z.number() }),
  z.object({ type: z.literal('toast'), revision: z.int(), toast }),
]);
export type AgentNotice = z.infer<typeof agentNotice>;

import { z } from 'zod';
import { timedBreak } from '../agent/timed-break';
import { agentStatus } from '../agent/agent-state';
import { gateProblem } from '../agent/gate-problem';
import { audioDevices } from '../audio/audio-device';
import { call } from '../call/call';
import { destination } from '../destinations/destination';
import { errorCode } from '../errors/app-error';
import { interaction } from '../interaction/interaction-state';
import { lineState } from '../line/line-state';
import { agentProfile, recentCall, serverInfo } from '../server-api/rest-routes';
import { agentPolicy } from '../policy/agent-policy';
import { channels } from '../queues/channels';
import { liveQueue } from '../queues/live-queue';
import { settings } from '../settings/settings';
import { consultedCustomer } from './consulted-view';
import { audioHere } from './opened-recording';
import { recordingsFound, recordsFound } from './record-search';
import { transfer } from './transfer';
import { wrapUpView } from './wrap-up-view';
import { figure } from '../statistics/definitions';
import { globalShortcutNames } from '../shortcuts/shortcut-names';

/** Whether the central server answers; calls go on without it. */
export const serverState = z.enum(['signed-out', 'online', 'offline']);
export const sessionView = z.object({
  /** null before sign-in. */
  agent: agentProfile.nullable(),
  server: serverState,
  serverName: z.string().nullable(),
  /** Whom to ask for help, as the server's policy says; null until a server has been spoken to (S293). */
  support: serverInfo.shape.support.nullable(),
  /** Why the last session ended, to be said on the sign-in screen. */
  endedBecause: z.enum(['signed-out', 'idle', 'signed-in-elsewhere', 'revoked', 'expired']).nullable(),
});
export type SessionView = Readonly<z.infer<typeof sessionView>>;

/** The shape of the agent window: the whole screen or the phone alone. */
export const windowView = z.object({ isCompact: z.boolean(), isOnTop: z.boolean() });
export type WindowView = Readonly<z.infer<typeof windowView>>;

/** A `tel:`, `sip:` or `callto:` link somebody opened: a question, never a call. */
export const waitingLink = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string().nullable(),
  extension: z.string().nullable(),
  host: z.string().nullable(),
});
export type WaitingLink = Readonly<z.infer<typeof waitingLink>>;

/** The person's own figures, and why the newest could not be had. */
export const figuresView = z.object({
  /** null until the centre has told them. */
  figures: z.array(figure).readonly().nullable(),
  failure: errorCode.nullable(),
});
export type FiguresView = Readonly<z.infer<typeof figuresView>>;

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
        'consult-ended',
        'consult-ended-on-desk',
        'engine-restarted',
        'device-changed',
        'settings-reset',
        'line-back',
        'paused-by',
        'break-planned-by',
        'made-available-by',
        'device-paused',
        'device-back',
        'copied-part',
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
  /** What the agent is working on: who is a customer, who a colleague being asked. */
  z.object({ type: z.literal('interactions.changed'), revision: z.int(), interactions: z.array(interaction) }),
  /** Where calls can be sent; null until the centre has told it. */
  z.object({
    type: z.literal('destinations.changed'),
    revision: z.int(),
    destinations: z.array(destination).nullable(),
  }),
  z.object({ type: z.literal('line.changed'), revision: z.int(), line: lineState }),
  z.object({ type: z.literal('telephony.changed'), revision: z.int(), isReachable: z.boolean() }),
  z.object({ type: z.literal('agent.changed'), revision: z.int(), status: agentStatus }),
  /** null until the centre has told it. */
  z.object({ type: z.literal('policy.changed'), revision: z.int(), policy: agentPolicy.nullable() }),
  /** How far the server's clock, by which all times of states are meant, is ahead of this computer's. */
  z.object({ type: z.literal('server-clock.changed'), revision: z.int(), aheadMs: z.number() }),
  /** When this session will end because nobody is there, by this computer's clock; null: no need to warn. */
  z.object({ type: z.literal('idle.changed'), revision: z.int(), endsAt: z.number().nullable() }),
  /** What does not work of the sound, found out for good; empty when all is well. */
  z.object({ type: z.literal('gate.changed'), revision: z.int(), problems: z.array(gateProblem) }),
  z.object({ type: z.literal('audio.changed'), revision: z.int(), audio: audioDevices }),
  z.object({ type: z.literal('settings.changed'), revision: z.int(), settings }),
  z.object({ type: z.literal('recent-calls.changed'), revision: z.int(), calls: z.array(recentCall) }),
  /** null until the centre has told who waits in the person's queues. */
  z.object({ type: z.literal('queues.changed'), revision: z.int(), queues: z.array(liveQueue).nullable() }),
  /** Lines to the outside; null for who is not told. */
  /** Breaks with a limit, for who leads; null for who is not told. */
  z.object({ type: z.literal('breaks.changed'), revision: z.int(), breaks: z.array(timedBreak).nullable() }),
  z.object({ type: z.literal('channels.changed'), revision: z.int(), channels: channels.nullable() }),
  z.object({ type: z.literal('figures.changed'), revision: z.int(), view: figuresView }),
  z.object({ type: z.literal('wrap-up.changed'), revision: z.int(), wrapUp: wrapUpView }),
  /** Customers about whom colleagues ask this person, or whom they sent here. */
  z.object({ type: z.literal('consulted.changed'), revision: z.int(), customers: z.array(consultedCustomer) }),
  /** The newest search of the list has more, or otherwise, than was answered; one of another id is late. */
  z.object({ type: z.literal('records.found'), revision: z.int(), found: recordsFound }),
  z.object({ type: z.literal('recordings.found'), revision: z.int(), found: recordingsFound }),
  z.object({ type: z.literal('transfers.changed'), revision: z.int(), transfers: z.array(transfer) }),
  z.object({ type: z.literal('recording.audio'), revision: z.int(), audio: audioHere }),
  z.object({ type: z.literal('levels'), revision: z.int(), microphone: z.number(), speaker: z.number() }),
  z.object({ type: z.literal('window.changed'), revision: z.int(), window: windowView }),
  z.object({ type: z.literal('link.changed'), revision: z.int(), link: waitingLink.nullable() }),
  /** Global shortcuts that another program has: ours do not work. */
  z.object({
    type: z.literal('global-shortcuts.changed'),
    revision: z.int(),
    taken: z.array(z.enum(globalShortcutNames)),
  }),
  z.object({ type: z.literal('toast'), revision: z.int(), toast }),
]);
export type AgentNotice = z.infer<typeof agentNotice>;

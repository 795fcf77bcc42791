import { z } from 'zod';
import { agentStatus } from '../agent/agent-state';
import { offerOutcome } from '../call/offer-outcome';
import { recentCall } from '../call/recent-call';
import { lineCredential } from '../line/line-state';
import { writtenOutcome } from '../wrap-up/wrap-up';
import { agentRouteTable } from './agent-routes';
import { handOverRouteTable } from './hand-over-routes';
import { recordRouteTable } from './record-routes';
import { role, route } from './route';
import { workRouteTable } from './work-routes';

export { recentCall, type RecentCall } from '../call/recent-call';
export { recordingAudioPath } from './record-routes';
export type { Role } from './route';

/** Lets the app know that what answers is our server, before a password is typed. */
export const serverInfo = z.object({
  product: z.literal('agent-softphone-server'),
  version: z.string(),
  name: z.string(),
  /** Whom to ask for a forgotten password and for help (S138, S293, S297). */
  support: z.object({ email: z.string().nullable(), phone: z.string().nullable() }),
  /** Codes for a new password go by mail (S297); otherwise only the administrator helps. */
  canResetPassword: z.boolean().default(false),
});
export type ServerInfo = z.infer<typeof serverInfo>;

export const agentProfile = z.object({
  id: z.string(),
  /** What the person signs in with. */
  identifier: z.string(),
  displayName: z.string(),
  role,
  extension: z.string(),
  /** Where calls ring: in the app, or at a desk phone of its own (S142). */
  extensionKind: z.enum(['web', 'sip']),
  /** Shown under the title of every page (S010). */
  account: z.object({ company: z.string(), accountNumber: z.string(), billingNumber: z.string() }),
  queues: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type AgentProfile = Readonly<z.infer<typeof agentProfile>>;

export const tokens = z.object({
  accessToken: z.string(),
  /** ms since the epoch; at most 15 minutes ahead. */
  accessExpiresAt: z.number(),
  /** Used once; each refresh gives the next. */
  refreshToken: z.string(),
});
export type Tokens = z.infer<typeof tokens>;

export const journalEvent = z.object({
  at: z.number(),
  type: z.string(),
  legId: z.string().nullable(),
  detail: z.record(z.string(), z.json()),
});
export const journalLeg = z.object({
  legId: z.string(),
  role: z.enum(['customer', 'agent']),
  number: z.string(),
  extension: z.string().nullable(),
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  endCause: z.string().nullable(),
  /** How its ringing ended; null when it was not offered, or still rings. */
  offerOutcome: offerOutcome.nullable(),
});
export const journalledCall = recentCall.extend({
  queueWaitMs: z.number().nullable(),
  talkMs: z.number(),
  holdMs: z.number(),
  legs: z.array(journalLeg),
  events: z.array(journalEvent),
  recordingId: z.string().nullable(),
  /** Consultations whose parties came into this call, by transfer or conference; oldest first. */
  consultCallIds: z.array(z.string()),
  /** What agents wrote down of it, oldest first. */
  outcomes: z.array(writtenOutcome),
  /** Set on such a consultation: the call in which its parties went on. */
  continuedIn: z.string().nullable(),
});
export type JournalledCall = Readonly<z.infer<typeof journalledCall>>;

const done = z.object({ done: z.literal(true) });
const callId = z.string().min(1).max(64);
const oneCall = z.object({ callId });

/** Method, path, input and output of every route; routes, client and the OpenAPI document come from here. Path parameters and query are part of `input`. */
export const restRoutes = {
  'server.info': route(['GET', '/api/server-info', 'public'], z.object({}), serverInfo, 'Who answers here'),
  'sign-in': route(
    ['POST', '/api/sign-in', 'public'],
    z.object({
      identifier: z.string().min(1).max(254),
      password: z.string().min(1).max(1024),
      machine: z.string().max(128),
    }),
    tokens.extend({ agent: agentProfile, status: agentStatus, line: lineCredential.nullable(), liveUrl: z.string() }),
    'Sign in; also mints a SIP line credential, so that the password never reaches the phone engine. None for a SIP extension',
  ),
  'sign-in.refresh': route(
    ['POST', '/api/sign-in/refresh', 'public'],
    z.object({ refreshToken: z.string().min(1).max(512) }),
    tokens,
    'Next pair of tokens; a reused refresh token ends the session',
  ),
  'password.ask': route(
    ['POST', '/api/password/ask', 'public'],
    z.object({ identifier: z.string().trim().min(1).max(254) }),
    done,
    'Mails a code for a new password to the address of this account; the answer is the same when there is no such account',
  ),
  'password.reset': route(
    ['POST', '/api/password/reset', 'public'],
    z.object({
      identifier: z.string().trim().min(1).max(254),
      code: z.string().min(1).max(64),
      password: z.string().min(1).max(1024),
    }),
    done,
    'Sets a new password with the code from the mail, once; ends the session of this person',
  ),
  'sign-out': route(
    ['POST', '/api/sign-out', 'signed-in'],
    z.object({}),
    done,
    'Ends this session and its line credential',
  ),
  'line.renew': route(
    ['POST', '/api/line/renew', 'signed-in'],
    z.object({}),
    lineCredential,
    'A new SIP line credential for the running session; refused to a SIP extension, whose phone is on the desk',
  ),
  'agent.me': route(
    ['GET', '/api/agent', 'signed-in'],
    z.object({}),
    z.object({ agent: agentProfile, status: agentStatus }),
    'Who I am and my state as the centre holds it',
  ),
  ...agentRouteTable,
  'calls.recent': route(
    ['GET', '/api/calls/recent', 'signed-in'],
    z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
    z.object({ calls: z.array(recentCall) }),
    'My newest calls',
  ),
  'calls.one': route(
    ['GET', '/api/calls/:callId', 'signed-in'],
    z.object({ callId: z.string().max(64) }),
    journalledCall,
    'One call with legs, events and times',
  ),
  'calls.dial': route(
    ['POST', '/api/calls/dial', 'signed-in'],
    z.object({ number: z.string().min(1).max(128) }),
    z.object({ callId: z.string() }),
    'Click-to-dial: rings my own phone and, once I have answered, calls the number',
  ),
  'calls.recording': route(
    ['PUT', '/api/calls/:callId/recording', 'signed-in'],
    oneCall.extend({ isPaused: z.boolean() }),
    done,
    'Pause the recording of a call I talk in, or go on with it; silence is written meanwhile',
  ),
  'calls.merge': route(
    ['POST', '/api/calls/:callId/merge', 'signed-in'],
    oneCall.extend({ consultCallId: callId }),
    done,
    'Bring the parties of my second call into the room of my first: a conference',
  ),
  'calls.transfer': route(
    ['POST', '/api/calls/:callId/transfer', 'signed-in'],
    oneCall.extend({ number: z.string().min(1).max(128) }),
    done,
    'Send whom my phone talks with in this call to an extension, a queue or a number; who comes to nobody comes back',
  ),
  'calls.complete': route(
    ['POST', '/api/calls/:callId/complete', 'signed-in'],
    oneCall.extend({ consultCallId: callId }),
    done,
    'Leave the parties of my two calls with each other; only once both talk',
  ),
  'calls.send-on': route(
    ['POST', '/api/calls/:callId/send-on', 'signed-in'],
    oneCall.extend({ number: z.string().min(1).max(128) }),
    done,
    'Send whoever rings at my desk phone to an extension, a queue or a number; who comes to nobody comes back',
  ),
  'calls.hold': route(
    ['PUT', '/api/calls/:callId/hold', 'signed-in'],
    oneCall.extend({ isHeld: z.boolean() }),
    done,
    'Put whom my desk phone talks with in this call on hold, with music, or take them back',
  ),
  'calls.hang-up': route(
    ['POST', '/api/calls/:callId/hang-up', 'signed-in'],
    oneCall,
    done,
    'End my own part of a call that my phone is up in or has placed, as if I had hung up there',
  ),
  'calls.party-mute': route(
    ['PUT', '/api/calls/:callId/parties/:legId', 'signed-in'],
    oneCall.extend({ legId: callId, isMuted: z.boolean() }),
    done,
    'Nobody in my call hears this party, or everybody does again',
  ),
  'calls.party-drop': route(
    ['POST', '/api/calls/:callId/parties/:legId/drop', 'signed-in'],
    oneCall.extend({ legId: callId }),
    done,
    'End the part that somebody else has in my call',
  ),
  ...handOverRouteTable,
  ...recordRouteTable,
  ...workRouteTable,
} as const;
export type RestRoutes = typeof restRoutes;
export type RouteName = keyof RestRoutes;
export type RouteInput<N extends RouteName> = z.input<RestRoutes[N]['input']>;
export type RouteOutput<N extends RouteName> = z.output<RestRoutes[N]['output']>;

/** Body of every answer that is not 2xx. */
export const restFailure = z.object({
  code: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

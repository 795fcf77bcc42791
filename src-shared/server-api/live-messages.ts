import { z } from 'zod';
import { agentStatus } from '../agent/agent-state';
import { recentCall } from './rest-routes';

/** What the centre tells one signed-in person, as whole values. */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agent.status'), status: agentStatus }),
  /** The registrar's own view of this person's line (quality: a registration can look alive while it is not). */
  z.object({ type: z.literal('line.registration'), isRegistered: z.boolean(), at: z.number() }),
  /** A call of this person was written or changed in the journal. */
  z.object({ type: z.literal('call.journalled'), call: recentCall }),
  /** The session ended elsewhere: signed in on another machine, or revoked. */
  z.object({ type: z.literal('session.ended'), reason: z.enum(['signed-in-elsewhere', 'revoked', 'expired']) }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

/** App → server. `hello` is the first message, within 5 s; `lastEventId` asks for what was missed. */
export const liveFromApp = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), accessToken: z.string().max(4096), lastEventId: z.int().min(0).nullable() }),
  z.object({ type: z.literal('ping'), id: z.int() }),
]);
export type LiveFromApp = z.infer<typeof liveFromApp>;

/** Server → app. Event ids rise by one per person without gaps; `isResumed: false` means "fetch everything anew". */
export const liveFromServer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), lastEventId: z.int(), isResumed: z.boolean() }),
  z.object({ type: z.literal('event'), id: z.int(), event: liveEvent }),
  z.object({ type: z.literal('pong'), id: z.int() }),
]);
export type LiveFromServer = z.infer<typeof liveFromServer>;
/** WebSocket path on the central server. */
export const livePath = '/api/live';

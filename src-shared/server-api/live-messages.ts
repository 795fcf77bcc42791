import { z } from 'zod';
import { agentEntry } from '../agent/agent-entry';
import { agentStatus } from '../agent/agent-state';
import { timedBreak } from '../agent/timed-break';
import { party } from '../call/call';
import { holder } from '../call/call-event';
import { callParty, returnedTransfer } from '../call/call-party';
import { endCause } from '../call/end-cause';
import { recentCall } from '../call/recent-call';
import { consultContext } from '../consult/consult-context';
import { agentPolicy } from '../policy/agent-policy';
import { destination } from '../destinations/destination';
import { channels } from '../queues/channels';
import { liveQueue } from '../queues/live-queue';
import { wrapUp } from '../wrap-up/wrap-up';

/** A call at a person's desk phone, as the engine sees it (S190): the app can show it, and has no sound of it. */
export const deskCall = z.object({
  /** The phone's own part; a call that comes back is a new one. */
  legId: z.string(),
  /** The call in the journal. */
  callId: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  /** `ringing`: here when it is inbound, at the other end when it is outbound. `dialing` includes one's own phone being rung first (S146). */
  state: z.enum(['ringing', 'dialing', 'active', 'ended']),
  remote: party,
  queueName: z.string().nullable(),
  /** Set when a transfer came to nothing and the call is back. */
  returnedTransfer: returnedTransfer.nullable(),
  /** Extension of the colleague who sent it here; null when nobody did. */
  transferredBy: z.string().max(64).nullable(),
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  heldBy: z.array(holder),
  endCause: endCause.nullable(),
});
export type DeskCall = Readonly<z.infer<typeof deskCall>>;

/** A call in which this person's phone is up, as the centre has it. It may go on under another id than the one it began with. */
export const ownCall = z.object({
  callId: z.string(),
  /** The person's own part. */
  legId: z.string(),
  /** The number this person dialled; null when somebody else placed the call. */
  dialled: z.string().nullable(),
  /** In a conference: my voice is heard just now. */
  isSpeaking: z.boolean(),
  /** Everybody else who is up in it. */
  parties: z.array(callParty),
});
export type OwnCall = Readonly<z.infer<typeof ownCall>>;

/** What the centre tells one signed-in person, as whole values. */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agent.status'), status: agentStatus }),
  /** State or reachability of somebody; told to supervisors and administrators. The rest is in the route `agents.list`. */
  z.object({ type: z.literal('agents.changed'), agent: agentEntry }),
  z.object({ type: z.literal('policy.changed'), policy: agentPolicy }),
  /** Whether the centre reaches its telephone system; while it does not, calls and queues are as they were last. */
  z.object({ type: z.literal('telephony.changed'), isReachable: z.boolean() }),
  /** The registrar's own view of this person's line (quality: a registration can look alive while it is not). */
  z.object({ type: z.literal('line.registration'), isRegistered: z.boolean(), at: z.number() }),
  /** A call of this person was written or changed in the journal. */
  z.object({ type: z.literal('call.journalled'), call: recentCall }),
  /** Recordings are otherwise or deleted: `recordings.changes` tells which. A new one is told with its call. */
  z.object({ type: z.literal('recordings.changed') }),
  /** Every call at this person's desk phone; one that ended is told until the call is over for all. Told only to who has such a phone. */
  z.object({ type: z.literal('desk.calls'), calls: z.array(deskCall) }),
  /** Every call in which my phone is up, and with whom. */
  z.object({ type: z.literal('calls.mine'), calls: z.array(ownCall) }),
  /** Where I can send calls. At most twice a second; older ones are not told again. */
  z.object({ type: z.literal('destinations'), destinations: z.array(destination) }),
  /** My queues (supervisors, administrators: all), as they are now. At most ten a second; older ones are not told again. */
  z.object({ type: z.literal('queues.live'), queues: z.array(liveQueue) }),
  /** Lines to the outside in use; told to supervisors and administrators, at most twice a second. Older ones are not told again. */
  z.object({ type: z.literal('channels'), channels }),
  /** Breaks with a limit that somebody is on; told to supervisors and administrators. */
  z.object({ type: z.literal('breaks.timed'), breaks: z.array(timedBreak) }),
  /** The work after my last call began, got more time, or is over (null). */
  z.object({ type: z.literal('wrap-up.changed'), wrapUp: wrapUp.nullable() }),
  /** Customers about whom this person is being asked, or who are sent here; gone from the list when that is over. Older ones are not told again. */
  z.object({ type: z.literal('consult.contexts'), contexts: z.array(consultContext) }),
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

/**
 * Server → app. Event ids rise by one per person; of `queues.live` only the newest is kept, so that numbers may be left out for who resumes
 * or is slow. `isResumed: false` means "fetch everything anew".
 */
export const liveFromServer = z.discriminatedUnion('type', [
  /** `now`: the server's clock, by which every time in its answers is meant; a desk whose clock is wrong corrects by it. */
  z.object({ type: z.literal('welcome'), lastEventId: z.int(), isResumed: z.boolean(), now: z.number() }),
  z.object({ type: z.literal('event'), id: z.int(), event: liveEvent }),
  z.object({ type: z.literal('pong'), id: z.int() }),
]);
export type LiveFromServer = z.infer<typeof liveFromServer>;
/** WebSocket path on the central server. */
export const livePath = '/api/live';

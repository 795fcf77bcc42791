import { z } from 'zod';
import { agentStatus } from '../agent/agent-state';
import { agentNotice, windowView } from './agent-notices';
import { recordRequests } from './record-requests';
import { fileRequests } from './transfer';
import { written } from './wrap-up-view';
import { restRoutes, serverInfo } from '../server-api/rest-routes';
import { story } from '../story/story';
import { settings, settingsChange } from '../settings/settings';
import { figureId, period } from '../statistics/definitions';

const request = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
const nothing = z.object({}).strict();
const oneLink = z.object({ linkId: z.string().max(64) }).strict();
const account = z.object({ serverUrl: z.string().max(2048), identifier: z.string().trim().min(1).max(254) });
const callId = z.string().max(64);
const oneCall = z.object({ callId }).strict();
/** A number as a person chose or typed it. */
const target = z.string().max(512);
/** What the colleague is told. */
const reason = z.string().trim().max(200).default('');

/** Two lines, and where a call goes from here. `callId` is the customer's call throughout. */
const transferRequests = {
  /** Puts the customer on hold with music and calls a colleague, who is told the reason. Gives the call to the colleague. */
  'consult.begin': request(oneCall.extend({ target, reason }), z.object({ callId: z.string() })),
  /** The customer and the colleague talk, and both calls end here. Only once the colleague has answered. */
  'consult.complete': request(oneCall, z.void()),
  /** Completes by itself as soon as the colleague answers; or no longer. */
  'consult.complete-when-answered': request(oneCall.extend({ isOn: z.boolean() }), z.void()),
  /** Without waiting for the answer: a blind transfer, which comes back when nobody takes it. */
  'consult.transfer-now': request(oneCall, z.void()),
  /** Ends the consultation and takes the customer off hold. */
  'consult.return': request(oneCall, z.void()),
  'call.transfer': request(oneCall.extend({ target, reason }), z.void()),
  /** A ringing call goes to somebody else without being taken. */
  'call.send-on': request(oneCall.extend({ target }), z.void()),
  /** The one talks, the other waits: the other way round. */
  'calls.swap': request(nothing, z.void()),
  /** Everybody of both calls in one room. */
  'calls.merge': request(nothing, z.void()),
  'conference.mute': request(oneCall.extend({ legId: callId, isMuted: z.boolean() }), z.void()),
  'conference.drop': request(oneCall.extend({ legId: callId }), z.void()),
  /** Speaks alone with one of the room again: the customer is put on hold, and the colleague is called anew. */
  'conference.consult': request(oneCall.extend({ legId: callId }), z.object({ callId: z.string() })),
};

/** The complete list of what the agent window may ask of main. */
export const agentRequests = {
  /** Everything on screen, after a (re)load: one notice of every type. */
  'app.snapshot': request(nothing, z.array(agentNotice)),
  /** Before a password is typed: is this address our server? Fails with `server/certificate-unknown` and its fingerprint in the params. */
  'server.probe': request(z.object({ serverUrl: z.string().max(2048) }).strict(), serverInfo),
  /** The person compared the SHA-256 fingerprint and chose to trust it (S139). */
  'server.trust-certificate': request(
    z.object({ serverUrl: z.string().max(2048), fingerprint: z.string().max(128) }).strict(),
    z.void(),
  ),
  'session.sign-in': request(
    z
      .object({
        serverUrl: z.string().max(2048),
        identifier: z.string().max(254),
        password: z.string().max(1024),
        rememberIdentifier: z.boolean(),
      })
      .strict(),
    z.void(),
  ),
  /** Somebody who has forgotten the password wants a code by mail; the answer never says whether there is such an account. */
  'password.ask': request(account.strict(), z.void()),
  /** Sets the new password with the code from the mail. */
  'password.reset': request(
    account.extend({ code: z.string().min(1).max(64), password: z.string().min(1).max(1024) }).strict(),
    z.void(),
  ),
  'session.sign-out': request(nothing, z.void()),
  /** The person did something here; told at most every few seconds. */
  'session.active': request(nothing, z.void()),
  /** Warned that the session will end, the person stays. */
  'session.stay': request(nothing, z.void()),
  'agent.become-available': request(nothing, agentStatus),
  'agent.take-break': request(z.object({ reason: z.string().min(1).max(64) }).strict(), agentStatus),
  /** Takes no calls of one queue; `reason: null` takes them again. */
  'agent.pause-queue': request(
    z.object({ queueId: z.string().min(1).max(64), reason: z.string().min(1).max(64).nullable() }).strict(),
    agentStatus,
  ),
  'call.dial': request(z.object({ target: z.string().max(512) }).strict(), z.object({ callId: z.string() })),
  /** Calls the echo service of the centre. */
  'call.dial-echo': request(nothing, z.object({ callId: z.string() })),
  'call.answer': request(oneCall, z.void()),
  'call.decline': request(oneCall, z.void()),
  'call.hang-up': request(oneCall, z.void()),
  'call.hold': request(oneCall, z.void()),
  'call.resume': request(oneCall, z.void()),
  'call.mute': request(oneCall.extend({ isMuted: z.boolean() }), z.void()),
  'call.dtmf': request(oneCall.extend({ digits: z.string().max(32) }), z.void()),
  ...transferRequests,
  /** Takes an ended call off the screen. */
  'call.dismiss': request(oneCall, z.void()),
  /** What happened in a past or running call, by its id in the journal. */
  'call.story': request(oneCall, story),
  'line.retry': request(nothing, z.void()),
  'settings.change': request(settingsChange.strict(), settings),
  'audio.watch-levels': request(z.object({ isOn: z.boolean() }).strict(), z.void()),
  'audio.play-test': request(z.object({ on: z.enum(['speaker', 'ringer']) }).strict(), z.void()),
  'recent-calls.refresh': request(nothing, z.void()),
  'figures.refresh': request(nothing, z.void()),
  /** A figure and a page of the calls behind it, of one moment. */
  'figures.calls': request(
    z.object({ figure: figureId, period, cursor: z.string().max(200).optional() }).strict(),
    restRoutes['statistics.calls'].output,
  ),
  /** Another place for a waiting caller, 1 being the next to be offered; answers when the engine has confirmed. */
  'queues.move': request(
    z
      .object({
        queueId: z.string().min(1).max(64),
        callId: z.string().min(1).max(64),
        position: z.int().min(1).max(10_000),
        reason: z.string().trim().min(1).max(200),
      })
      .strict(),
    z.void(),
  ),
  'queues.undo': request(
    z.object({ queueId: z.string().min(1).max(64), moveId: z.string().min(1).max(64) }).strict(),
    z.void(),
  ),
  /** A pause of typing: what stands in the form is put on disk. */
  'wrap-up.draft': request(written.strict(), z.void()),
  /** Kept on this computer until the server has it; `isKept` says that it could not be told yet. */
  'wrap-up.save': request(written.strict(), z.object({ isKept: z.boolean() })),
  'wrap-up.discard': request(oneCall, z.void()),
  'wrap-up.extend': request(nothing, z.void()),
  'window.change': request(z.object({ isCompact: z.boolean(), isOnTop: z.boolean() }).partial().strict(), windowView),
  ...recordRequests,
  ...fileRequests,
  /** The person confirmed what a link asks to call. */
  'link.call': request(oneLink, z.object({ callId: z.string() })),
  'link.dismiss': request(oneLink, z.void()),
  /** Asks where to, and writes what support needs to know, without personal data; false when the person thought better of it. */
  'support.save-report': request(nothing, z.object({ isSaved: z.boolean() })),
  /** Performance stamp for the bench: the card of this call is on screen. Ignored outside the bench. */
  'bench.painted': request(z.object({ what: z.string().max(64), at: z.number() }).strict(), z.void()),
};
export type AskName = keyof typeof agentRequests;
export type Input<N extends AskName> = z.infer<(typeof agentRequests)[N]['input']>;
export type Output<N extends AskName> = z.infer<(typeof agentRequests)[N]['output']>;
export type Answers = { [N in AskName]: (input: Input<N>) => Promise<Output<N>> };

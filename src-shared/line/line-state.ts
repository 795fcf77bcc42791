import { z } from 'zod';

/**
 * The agent's SIP line: WebSocket and registration together. Losing it is not losing a call.
 *
 *  offline ──► connecting ──► registering ──► registered ──► reconnecting ──► connecting …
 *                                  └──► refused (credentials, policy: a person must act)
 */
export const lineState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('offline') }),
  z.object({ state: z.literal('connecting') }),
  z.object({ state: z.literal('registering') }),
  z.object({
    state: z.literal('registered'),
    /** True when the server has said itself that it sees this registration. */
    isConfirmed: z.boolean(),
  }),
  z.object({ state: z.literal('reconnecting'), attempt: z.int(), /** ms since the epoch */ retryAt: z.number() }),
  z.object({ state: z.literal('refused'), sipCode: z.int() }),
]);
export type LineState = Readonly<z.infer<typeof lineState>>;

/** What the phone needs to register. Minted by the server at sign-in; never the person's password. */
export const lineCredential = z.object({
  webSocketUrl: z.url({ protocol: /^wss?$/ }),
  /** For example `sip:1001@centre.local`. */
  sipUri: z.string().startsWith('sip:'),
  authorizationUser: z.string(),
  secret: z.string().min(16),
  displayName: z.string(),
  /** ms since the epoch; the app asks for a new one before. */
  expiresAt: z.number(),
  /** Digest algorithms the phone may use. MD5 only where the administrator's PBX has nothing better. */
  allowMd5: z.boolean(),
});
export type LineCredential = Readonly<z.infer<typeof lineCredential>>;

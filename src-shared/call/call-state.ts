import { z } from 'zod';

/**
 * One SIP dialog as the agent sees it.
 *
 *  outbound   dialing ──► ringing ──► early-media ──► connecting ──► active ◄──► held
 *                └───────────┴────────────────────────────▲
 *  inbound                 ringing ── answer-requested ────┤
 *                             ▲────── answer-failed ───────┘   (microphone refused: still ringing)
 *
 *  from every state:  hangup-requested ──► ending ──► ended        or straight to ended; ended goes nowhere
 *
 * | state       | outbound                                   | inbound                                        |
 * | dialing     | INVITE sent, nothing heard                 | —                                              |
 * | ringing     | 180 heard; we play ring-back               | INVITE received, 180 sent; the agent is alerted |
 * | early-media | 18x with SDP: the network is heard         | —                                              |
 * | connecting  | 2xx received, media coming up              | agent pressed answer: microphone, SDP, ICE, ACK |
 * | active      | both hear each other                       | same                                           |
 * | held        | media stopped; `heldBy` says by whom       | same                                           |
 * | ending      | BYE, CANCEL or rejection sent, not final   | same                                           |
 * | ended       | final, with `endCause`                     | same                                           |
 */
export const callStates = [
  'dialing',
  'ringing',
  'early-media',
  'connecting',
  'active',
  'held',
  'ending',
  'ended',
] as const;
export const callState = z.enum(callStates);
export type CallState = z.infer<typeof callState>;

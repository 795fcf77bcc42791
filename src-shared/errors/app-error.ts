import { z } from 'zod';

/**
 * Every failure we expect, by name. The text an agent reads is found under the key `errors.<code>` in
 * `src-renderer/text/`, with `what` (what happened) and `next` (what to do); `npm run check` demands both in every language.
 */
export const errorCodes = [
  'ipc/wrong-sender',
  'ipc/bad-input',
  'ipc/unknown',
  'server/unreachable',
  'server/not-ours',
  'server/certificate-unknown',
  'server/too-old',
  'server/failed',
  'server/bad-address',
  'telephony/unreachable',
  'sign-in/wrong-credentials',
  'sign-in/throttled',
  'sign-in/expired',
  'sign-in/not-signed-in',
  'password/code-wrong',
  'password/too-weak',
  'line/refused',
  'line/not-ready',
  'line/phone-not-registered',
  'line/down-in-call',
  'line/timed-out',
  'call/unknown',
  'call/not-allowed',
  'call/already-two',
  'call/failed',
  'call/held-at-phone',
  'transfer/refused',
  'transfer/not-possible',
  'transfer/no-word',
  'transfer/to-oneself',
  'transfer/not-outside',
  'transfer/colleague-gone',
  'transfer/not-answered',
  'conference/not-possible',
  'conference/full',
  'dial/empty',
  'dial/not-a-number',
  'dial/too-long',
  'dtmf/not-a-digit',
  'microphone/denied',
  'microphone/missing',
  'microphone/busy',
  'speaker/missing',
  'engine/not-running',
  'engine/timed-out',
  'link/refused',
  'link/gone',
  'report/not-saved',
  'agent/not-allowed',
  'agent/not-confirmed',
  'agent/not-ready',
  'agent/line-not-ready',
  'agent/reason-unknown',
  'queue/pushed-back-too-long',
  'queue/undo-too-late',
  'search/too-many',
  'recording/missing',
  'recording/damaged',
  'recording/empty',
  'recording/deleted',
  'recording/still-running',
  'disk/full',
  'file/not-written',
  'wrap-up/over',
  'wrap-up/no-more-time',
  'database/unreachable',
  'cache/corrupt',
  'cache/from-newer-version',
  'settings/unreadable',
  'forbidden',
  'not-found',
  'internal',
] as const;
export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

/** An expected failure. `message` is for the log; the agent reads the text behind `code`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    message: string = code,
    /** Figures for the text, for example `{ seconds: 30 }`. Never personal data. */
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}

import type { IncomingRequestMessage, Session, UserAgentCore } from './sip-core';

/** SIP.js keeps the remote CSeq of a dialog to its subclasses; UPDATE, which it does not know, needs it. */
interface DialogSequence {
  readonly dialogState: { remoteSequenceNumber: number | undefined };
}

const refreshed = new WeakMap<object, (expiresSeconds: number) => void>();

/** Calls `listener` when the phone refreshes this session by UPDATE. */
export function onSessionRefresh(session: Session, listener: (expiresSeconds: number) => void): void {
  refreshed.set(session, listener);
}

/** Seconds of a Session-Expires header, or null (RFC 4028). */
export function sessionExpires(message: { getHeader(name: string): string | undefined }): number | null {
  const seconds = Number.parseInt(message.getHeader('Session-Expires') ?? '', 10);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** Headers of a 2xx that grants a session timer; the phone refreshes. */
export const sessionTimerHeaders = (seconds: number | null): string[] =>
  seconds === null ? [] : ['Require: timer', `Session-Expires: ${seconds};refresher=uac`];

/** UPDATE (RFC 3311) as session-timer refresh only: without dialog 481, with a description 488. */
export function refreshSession(core: UserAgentCore, message: IncomingRequestMessage): void {
  const dialog = core.dialogs.get(message.callId + (message.toTag ?? '') + message.fromTag);
  if (dialog === undefined) {
    core.replyStateless(message, { statusCode: 481 });
    return;
  }
  if (message.body !== '') {
    core.replyStateless(message, { statusCode: 488 });
    return;
  }
  const { dialogState } = dialog as unknown as DialogSequence; // see DialogSequence
  if (dialogState.remoteSequenceNumber !== undefined && message.cseq <= dialogState.remoteSequenceNumber) {
    core.replyStateless(message, { statusCode: 500 }); // RFC 3261 section 12.2.2: out of order
    return;
  }
  dialogState.remoteSequenceNumber = message.cseq;
  const seconds = sessionExpires(message);
  if (seconds !== null) refreshed.get(dialog)?.(seconds);
  core.replyStateless(message, {
    statusCode: 200,
    extraHeaders: [`Contact: ${core.configuration.contact.toString()}`, ...sessionTimerHeaders(seconds)],
  });
}
